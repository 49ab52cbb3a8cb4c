import { type Link, links, logit } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { type OutOfFold, splitAll } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import { blendOptions, linkOf } from '../learners/blend.ts';
import { canBlend, createModelLearner, type ModelRecipe } from '../learners/index.ts';
import { sampleRows } from '../random.ts';
import { scoringOf } from '../sampling/prior.ts';
import { leastWeights } from './blend-weights.ts';
import { viewsOf } from './choice.ts';
import type { Judged, Judging } from './judging.ts';

/** As many numbers of answers are enough to find weights. */
const mostNumbers = 50_000;

/**
 * The blend of the candidates that can be its members, with the weights of least loss (`viewsOf`). Its answers to the rows of a fold are
 * blended with weights that were found on the training rows of that fold; the published weights are found on all rows. The members' answers
 * to training rows are out of fold too, but of models that saw rows of the fold: the usual short cut, and harmless for a few weights.
 * @returns undefined where one candidate has all the weight, or fewer than two can be blended
 */
export function judgeBlend(
  judged: readonly Judged[],
  { design, protocol, progress, leftOut }: Judging,
): Judged | undefined {
  const able = judged.filter(({ candidate: { name } }) => canBlend(name, design.table));
  if (able.length < 2 || leftOut.has('blend')) return undefined;
  const splits = splitAll(design, protocol);
  const onFold = progress.start('a blend of the candidates', splits.flat().length + 1);
  const outOfFolds = able.map(({ outOfFold }) => outOfFold);
  const find = (rows: Int32Array): number[] => {
    const weights = weightsOn(design, outOfFolds, rows, protocol.seed);
    onFold();
    return weights;
  };
  const weights = find(Int32Array.from(design.x.keys()));
  const inFolds = splits.map((folds) => folds.map(({ train, test }) => ({ test, weights: find(train) })));
  const members = able.flatMap(({ recipe: { learner, options } }, i) =>
    weights[i] > 0 ? [{ learner, weight: weights[i], options: { ...options } }] : [],
  );
  if (members.length < 2) return undefined;
  const recipe: ModelRecipe = { learner: 'blend', options: blendOptions(members) };
  const blended = (of: (each: OutOfFold) => Float64Array, repeat = 0) =>
    blendAnswers(design, outOfFolds.map(of), inFolds[repeat]);
  const [{ whole, staged, masked }] = outOfFolds;
  return {
    recipe,
    candidate: createModelLearner(recipe, design),
    outOfFold: {
      whole: whole.map((_, repeat) => blended((each) => each.whole[repeat], repeat)),
      staged: staged.map((repeats, stage) =>
        repeats.map((_, repeat) => blended((each) => each.staged[stage][repeat], repeat)),
      ),
      masked: masked.map((_, mask) => blended((each) => each.masked[mask])),
    },
  };
}

/** The weights of least loss on those of these rows that were predicted, or on a sample of them; equal ones where there are none. */
function weightsOn(
  design: Design,
  outOfFolds: readonly OutOfFold[],
  rows: Int32Array,
  seed: number,
): number[] {
  const { outputs, target } = design;
  const [{ whole }] = outOfFolds;
  const predicted = rows.filter((row) => !Number.isNaN(whole[0][row * outputs]));
  if (predicted.length === 0) return outOfFolds.map(() => 1 / outOfFolds.length);
  const sample = sampleRows(predicted, Math.ceil(mostNumbers / outputs), seed);
  const views = scoredViews(design, outOfFolds, sample);
  const { weights: ofRows } = scoringOf(design);
  const rowLoss = rowLossOf(design);
  const mix = new Float64Array(sample.length * outputs);
  return leastWeights(outOfFolds.length, (weights) => {
    let sum = 0;
    for (const { scores, weight } of views) {
      blendScores(design, scores, weights, mix);
      for (let i = 0; i < sample.length; i++)
        sum += weight * (ofRows?.[sample[i]] ?? 1) * rowLoss(target[sample[i]], mix, i);
    }
    return sum;
  });
}

/** Scores of the members in one of the views, and how much it counts. */
interface ScoredView {
  /** [members][rows × outputs] */
  scores: Float64Array[];
  weight: number;
}

const scoredViews = (design: Design, outOfFolds: readonly OutOfFold[], rows: Int32Array): ScoredView[] =>
  viewsOf(outOfFolds[0]).flatMap(({ predictions, weight }, view) =>
    predictions.map((_, repeat) => ({
      scores: outOfFolds.map((each) => scoresBefore(design, viewsOf(each)[view].predictions[repeat], rows)),
      weight: weight / predictions.length,
    })),
  );

/** The blended answers to the rows of each fold. @param members their answers, [rows × outputs] */
function blendAnswers(
  design: Design,
  members: readonly Float64Array[],
  folds: readonly { test: Int32Array; weights: readonly number[] }[],
): Float64Array {
  const { outputs } = design;
  const blended = new Float64Array(members[0].length).fill(Number.NaN);
  for (const { test, weights } of folds) {
    const scores = members.map((answers) => scoresBefore(design, answers, test));
    const mix = new Float64Array(test.length * outputs);
    blendScores(design, scores, weights, mix);
    for (const [i, row] of test.entries())
      blended.set(mix.subarray(i * outputs, (i + 1) * outputs), row * outputs);
  }
  return blended;
}

/** Writes the answers: the link of the weighted scores. @param members their scores, [rows × outputs] @param into [rows × outputs] */
function blendScores(
  design: Design,
  members: readonly Float64Array[],
  weights: readonly number[],
  into: Float64Array,
): void {
  into.fill(0);
  for (const [member, weight] of weights.entries()) {
    if (weight === 0) continue;
    const scores = members[member];
    for (let i = 0; i < into.length; i++) into[i] += weight * scores[i];
  }
  const link = linkOf(design);
  // the other links turn every score into an answer by itself
  const together = link === 'softmax' ? design.outputs : into.length;
  for (let at = 0; at < into.length; at += together)
    links[link].scores(into.subarray(at, at + together), (x) => x);
}

/**
 * The scores that give these answers; of a softmax, up to a constant for each row.
 * @param answers to all rows @param rows whose scores are wanted @returns [rows × outputs]
 */
function scoresBefore(design: Design, answers: Float64Array, rows: Int32Array): Float64Array {
  const { outputs } = design;
  const scoreOf = inverseOf(linkOf(design));
  const scores = new Float64Array(rows.length * outputs);
  for (const [i, row] of rows.entries()) {
    for (let k = 0; k < outputs; k++) scores[i * outputs + k] = scoreOf(answers[row * outputs + k]);
  }
  return scores;
}

/** From an answer to its score. Probabilities of 0 and 1 are moved to finite scores. */
function inverseOf(link: Link): (answer: number) => number {
  if (link === 'logit') return logit;
  return link === 'identity' ? (answer) => answer : (answer) => Math.log(Math.max(answer, Number.MIN_VALUE));
}
