import type { ClassEvaluation, ClassScores } from '@hearth/artifact';
import { type Sampling, totalWeight } from '../sampling/sampling.ts';
import { midranks, reliability } from './metrics.ts';
import { squaredError } from './row-loss.ts';
import { everyRow, sampleOf, spread, withInterval } from './scores.ts';
import { meanOf, type Sample, weightedArea, weightedReliability } from './weighted-metrics.ts';

type Vector = ArrayLike<number>;

/** Below this probability the log loss of a row does not grow, as for two classes. */
const leastProbability = 1e-15;

/** Index of the most probable class of row `i`; the first of equal ones. */
function mostProbable(predictions: Vector, i: number, classes: number): number {
  let most = 0;
  for (let k = 1; k < classes; k++) {
    if (predictions[i * classes + k] > predictions[i * classes + most]) most = k;
  }
  return most;
}

const logLoss = (target: number, predictions: Vector, i: number, classes: number): number =>
  -Math.log(Math.max(leastProbability, predictions[i * classes + target]));

const isRight = (target: number, predictions: Vector, i: number, classes: number): number =>
  Number(mostProbable(predictions, i, classes) === target);

/**
 * Scores of out-of-fold probabilities of several classes: means and standard deviations over the repeats, and 95 % intervals over the
 * sampling of the rows.
 * @param repeats predictions, [repeats][rows × classes], NaN where a row was not predicted
 * @param among the rows to score; all rows if left out
 */
export function scoreClasses(
  target: Vector,
  repeats: readonly Float64Array[],
  classes: number,
  among: Int32Array = everyRow(target),
  sampling: Sampling = {},
): ClassScores {
  const made = repeats.filter((prediction) => among.some((row) => !Number.isNaN(prediction[row * classes])));
  const rows = among.filter((row) => made.every((prediction) => !Number.isNaN(prediction[row * classes])));
  const { sample } = sampleOf(sampling, rows);
  const mean = (loss: typeof logLoss, most = Infinity) => {
    const ofRows = new Float64Array(rows.length);
    const total = totalWeight(rows, sampling.weights);
    const means = made.map((prediction) => {
      let sum = 0;
      for (const [i, row] of rows.entries()) {
        const its = loss(target[row], prediction, row, classes);
        sum += (sampling.weights ? sampling.weights[row] : 1) * its;
        ofRows[i] += its / made.length;
      }
      return sum / total;
    });
    return withInterval(spread(means), errorOf(ofRows, sample), 0, most, sample);
  };
  return {
    brier: mean(squaredError, 2),
    logLoss: mean(logLoss),
    accuracy: mean(isRight, 1),
    auc: areas(target, made, classes, rows, sample).mean,
  };
}

/**
 * Each class against all others: its AUC, and the reliability of its probabilities in the first repeat; and which classes are confused, by
 * the weights of the rows.
 */
export function scoreEachClass(
  target: Vector,
  repeats: readonly Float64Array[],
  classes: number,
  sampling: Sampling = {},
): Pick<ClassEvaluation, 'classes' | 'confusion'> {
  const [first] = repeats;
  const rows = everyRow(target).filter((row) => !Number.isNaN(first[row * classes]));
  const { sample } = sampleOf(sampling, rows);
  const { weights } = sampling;
  const { each } = areas(target, repeats, classes, rows, sample);
  const confusion = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (const row of rows)
    confusion[target[row]][mostProbable(first, row, classes)] += weights ? weights[row] : 1;
  return {
    classes: each.map((auc, k) => {
      const observed = Float64Array.from(rows, (row) => Number(target[row] === k));
      const predicted = Float64Array.from(rows, (row) => first[row * classes + k]);
      return {
        ...(auc && { auc }),
        reliability: sample?.weights
          ? weightedReliability(observed, predicted, sample)
          : reliability(observed, predicted),
      };
    }),
    confusion,
  };
}

/**
 * The AUC of each class against all others, and their mean over the classes that some but not all rows have. The intervals are DeLong's
 * (DeLong, DeLong & Clarke-Pearson 1988); for the mean, the placements of each row are averaged over the classes first, because one row
 * counts in all of them.
 */
function areas(
  target: Vector,
  repeats: readonly Float64Array[],
  classes: number,
  rows: Int32Array,
  sample?: Sample,
) {
  const counts = Array.from({ length: classes }, () => 0);
  for (const row of rows) counts[target[row]]++;
  const scored = Array.from(counts.keys()).filter((k) => counts[k] > 0 && counts[k] < rows.length);
  const influence = new Float64Array(rows.length);
  const each = counts.map((positives, k) => {
    if (!scored.includes(k)) return undefined;
    const own = new Float64Array(rows.length);
    const values = repeats.map((prediction, repeat) => {
      const { area, placements } = sample?.weights
        ? weightedPlacements(target, prediction, classes, rows, k, { ...sample, weights: sample.weights })
        : placementsOf(target, prediction, classes, rows, k, positives);
      // as `aucError`, the error is that of the first repeat
      if (repeat === 0) own.set(placements);
      return area;
    });
    for (const [i, its] of own.entries()) influence[i] += its / scored.length;
    return { values, error: errorOf(own, sample) };
  });
  const means = repeats.map((_, repeat) =>
    each.reduce((sum, own) => sum + (own ? own.values[repeat] / scored.length : 0), 0),
  );
  return {
    mean: withInterval(spread(means), errorOf(influence, sample), 0, 1, sample),
    each: each.map((own) => own && withInterval(spread(own.values), own.error, 0, 1, sample)),
  };
}

/** Standard error of the mean of one number per row, over the rows or, where they are in groups, the groups. */
const errorOf = (ofRows: Float64Array, sample?: Sample): number =>
  sample ? meanOf(ofRows, sample).error : spread(ofRows).sd / Math.sqrt(ofRows.length);

/** The same with weights: what each row adds, times the sum of the weights over its own, so that their weighted mean is the sum. */
function weightedPlacements(
  target: Vector,
  prediction: Float64Array,
  classes: number,
  rows: Int32Array,
  k: number,
  sample: Sample & { weights: Float64Array },
) {
  const { weights } = sample;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { value, terms } = weightedArea(
    Float64Array.from(rows, (row) => Number(target[row] === k)),
    Float64Array.from(rows, (row) => prediction[row * classes + k]),
    sample,
  );
  return { area: value, placements: terms.map((term, i) => (term * total) / weights[i]) };
}

/** The AUC of class `k`, and what each row adds to it beyond the mean, times the number of rows over that of its side. */
function placementsOf(
  target: Vector,
  prediction: Float64Array,
  classes: number,
  rows: Int32Array,
  k: number,
  positives: number,
) {
  const all = Float64Array.from(rows, (row) => prediction[row * classes + k]);
  const every = Array.from(all.keys());
  const sides = [true, false].map((isPositive) =>
    every.filter((i) => (target[rows[i]] === k) === isPositive),
  );
  const negatives = rows.length - positives;
  const ranks = midranks(every, all);
  const rankSum = sides[0].reduce((sum, i) => sum + ranks[i], 0);
  const area = (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
  const placements = new Float64Array(rows.length);
  for (const [side, members] of sides.entries()) {
    const among = midranks(members, all);
    const others = rows.length - members.length;
    for (const [j, i] of members.entries()) {
      const below = (ranks[i] - among[j]) / others;
      placements[i] = ((side === 0 ? below : 1 - below) - area) * (rows.length / members.length);
    }
  }
  return { area, placements };
}
