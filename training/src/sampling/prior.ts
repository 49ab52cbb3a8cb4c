import { logit, type Manifest, ofOutput } from '@hearth/artifact';
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
 * How rows count in scores. With a prior, or priors of several classes, the classes are weighted so that they have their shares of the population (King & Zeng 2001,
 * Political Analysis 9, 137-163): scores and calibration are then those of the population.
 */
export function scoringOf(design: Sampled): Sampling {
  const { sampling = {}, target } = design;
  const { prior, priors, ...scoring } = sampling;
  if (priors) return { ...scoring, weights: weightsByClass(design, priors) };
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

/** The weighted share of each class among rows; [classes]. */
export function sharesOfClasses(
  { target, sampling }: Sampled,
  rows: Int32Array,
  classes: number,
): Float64Array {
  const weights = sampling?.weights;
  const total = totalWeight(rows, weights);
  const shares = new Float64Array(classes);
  for (const row of rows) shares[target[row]] += (weights ? weights[row] : 1) / total;
  return shares;
}

function weightsByClass(design: Sampled, priors: readonly number[]): Float64Array {
  const { target, sampling } = design;
  const factors = ratiosOf(
    design,
    Int32Array.from(target as ArrayLike<number>, (_, row) => row),
    priors,
  );
  return Float64Array.from(target, (k, row) => factors[k] * (sampling?.weights?.[row] ?? 1));
}

/** The share of each class in the population over that among rows; 1 for a class that no row has. */
function ratiosOf(design: Sampled, rows: Int32Array, priors: readonly number[]): number[] {
  const shares = sharesOfClasses(design, rows, priors.length);
  return priors.map((prior, k) => (shares[k] > 0 ? prior / shares[k] : 1));
}

/** Corrects probabilities of several classes for their shares in the population, in place: p · π′ / π, divided by their sum. */
export function correctClasses(design: Sampled, rows: Int32Array, probabilities: Float64Array): void {
  const priors = design.sampling?.priors;
  if (!priors) return;
  const ratios = ratiosOf(design, rows, priors);
  for (let at = 0; at < probabilities.length; at += ratios.length) {
    const own = probabilities.subarray(at, at + ratios.length);
    for (const [k, ratio] of ratios.entries()) own[k] *= ratio;
    const sum = own.reduce((a, b) => a + b, 0);
    for (const k of ratios.keys()) own[k] /= sum;
  }
}

/** The same in the answer of a model: with the link `softmax` in `offset`, as ln π′ / π; shares are multiplied, and the link is `share`. */
export function correctedClassAnswer(
  design: Sampled,
  rows: Int32Array,
  answer: Manifest['answer'],
): Manifest['answer'] {
  const priors = design.sampling?.priors;
  if (!priors) return answer;
  const ratios = ratiosOf(design, rows, priors);
  if (answer.link === 'softmax')
    return { ...answer, offset: ratios.map((ratio, k) => ofOutput(answer.offset, k, 0) + Math.log(ratio)) };
  return {
    ...answer,
    link: 'share',
    scale: ratios.map((ratio, k) => ofOutput(answer.scale, k, 1) * ratio),
    offset: ratios.map((ratio, k) => ofOutput(answer.offset, k, 0) * ratio),
  };
}
