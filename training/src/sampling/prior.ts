import { logit, type Manifest } from '@hearth/artifact';
import { type Sampling, totalWeight } from './sampling.ts';

/** The parts of a design that a prior needs. */
interface Sampled {
  target: ArrayLike<number>;
  sampling?: Sampling;
}

/** The weighted share of class 1 among rows. */
export function shareOfPositives({ target, sampling }: Sampled, rows: Int32Array): number {
  const weights = sampling?.weights;
  const positives = rows.reduce((sum, row) => sum + (weights?.[row] ?? 1) * target[row], 0);
  return positives / totalWeight(rows, weights);
}

/** What is added to the log-odds of a model of rows with one share of class 1 in a population with another (King & Zeng 2001, eq. 7). */
const shiftOf = (training: number, population: number): number => logit(population) - logit(training);

/** A function that corrects probabilities of a model trained on these rows for the known share in the population, by Bayes' rule. */
export function correction(design: Sampled, rows: Int32Array): (probability: number) => number {
  const prior = design.sampling?.prior;
  if (prior === undefined) return (probability) => probability;
  const shift = shiftOf(shareOfPositives(design, rows), prior);
  return (probability) => 1 / (1 + Math.exp(-(logit(probability) + shift)));
}

/** The answer of such a model, corrected: in `offset` where its score is the log-odds, else in `recalibration`. */
export function correctedAnswer(
  design: Sampled,
  rows: Int32Array,
  answer: Manifest['answer'],
): Manifest['answer'] {
  const prior = design.sampling?.prior;
  if (prior === undefined) return answer;
  const shift = shiftOf(shareOfPositives(design, rows), prior);
  return answer.link === 'logit'
    ? { ...answer, offset: shift }
    : { ...answer, recalibration: { intercept: shift, slope: 1 } };
}

/**
 * How rows count in scores. With a prior, the classes are weighted so that they have their shares of the population (King & Zeng 2001,
 * Political Analysis 9, 137-163): scores and calibration are then those of the population.
 */
export function scoringOf(design: Sampled): Sampling {
  const { sampling = {}, target } = design;
  const { prior, ...scoring } = sampling;
  if (prior === undefined) return scoring;
  const training = shareOfPositives(
    design,
    Int32Array.from({ length: target.length }, (_, row) => row),
  );
  const weights = Float64Array.from(target, (y, row) => {
    const factor = y === 1 ? prior / training : (1 - prior) / (1 - training);
    return factor * (sampling.weights?.[row] ?? 1);
  });
  return { ...scoring, weights };
}
