import { ofOutput } from '@hearth/artifact';
import type { Design, Exposure } from '../design.ts';
import { totalWeight } from '../sampling/sampling.ts';
import { answerByTrees, type LearnedModel, type Learner, type ModelLearner } from './learner.ts';

/** A learner of rates whose models answer with expected counts: a rate times the exposure of the row. */
export function exposeAnswers(ofRates: Learner, { values, mean }: Exposure): Learner {
  return {
    ...ofRates,
    learn(rows, seed) {
      const { predict } = ofRates.learn(rows, seed);
      return { predict: (row, given) => (predict(row, given) * values[row]) / mean };
    },
  };
}

/**
 * The same for models that are published: the logarithm of the exposure is a linear term with the coefficient 1, so that contributions add
 * up to the logarithm of the expected count, and without an exposure the answer is that for an exposure of 1.
 * @param design of the counts
 */
export function exposeModels(ofRates: ModelLearner, design: Design, exposure: Exposure): ModelLearner {
  const { name, label, usesThreads = false } = ofRates; // not `learnInThreads`, which would learn the rate alone
  return {
    name,
    label,
    usesThreads,
    learn: (rows, seed, threads) => exposed(ofRates.learn(rows, seed, threads), design, exposure, rows),
  };
}

function exposed(
  { trees, answer: ofRates, added: before = [], engine }: LearnedModel,
  design: Design,
  { feature, values, mean }: Exposure,
  rows: Int32Array,
): LearnedModel {
  const added = [...before, feature];
  const width = design.features.length + added.length;
  const divisor = ofOutput(ofRates.divisor, 0, 1);
  const answer = { ...ofRates, offset: ofOutput(ofRates.offset, 0, 0) - Math.log(mean) };
  const linear = {
    coefficient: wider(trees.linear?.coefficient),
    missing: wider(trees.linear?.missing),
    mean: wider(trees.linear?.mean),
  };
  linear.coefficient[width - 1] = divisor;
  linear.mean[width - 1] = divisor * meanLog(rows);
  const whole = { ...trees, linear };
  return { ...answerByTrees(design, whole, answer, added), trees: whole, answer, added, engine };

  function wider(tensor: Float64Array = new Float64Array(0)): Float64Array {
    const room = new Float64Array(width);
    room.set(tensor);
    return room;
  }

  /** Of the training rows, by their weights. */
  function meanLog(learned: Int32Array): number {
    const weights = design.sampling?.weights;
    const sum = learned.reduce((total, row) => total + (weights?.[row] ?? 1) * Math.log(values[row]), 0);
    return sum / totalWeight(learned, weights);
  }
}
