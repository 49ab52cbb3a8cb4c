import { fitColumns } from '../regression/fit-columns.ts';

type Vector = ArrayLike<number>;

/** Area under the ROC curve, ties counted half (Mann-Whitney). `target` holds 0 and 1. */
export function auc(target: Vector, prediction: Vector): number {
  const ranks = midranks(
    Array.from({ length: target.length }, (_, i) => i),
    prediction,
  );
  const positives = Array.from(ranks.keys()).filter((i) => target[i] === 1);
  const rankSum = positives.reduce((sum, i) => sum + ranks[i], 0);
  const pairs = positives.length * (target.length - positives.length);
  return (rankSum - (positives.length * (positives.length + 1)) / 2) / pairs;
}

/**
 * Standard error of the AUC over the sampling of rows (DeLong, DeLong & Clarke-Pearson 1988), by midranks (Sun & Xu 2014).
 */
export function aucError(target: Vector, prediction: Vector): number {
  const rows = Array.from({ length: target.length }, (_, i) => i);
  const positives = rows.filter((i) => target[i] === 1);
  const negatives = rows.filter((i) => target[i] !== 1);
  const all = midranks(rows, prediction);
  const among = [midranks(positives, prediction), midranks(negatives, prediction)];
  const placements = [
    positives.map((row, i) => (all[row] - among[0][i]) / negatives.length),
    negatives.map((row, i) => 1 - (all[row] - among[1][i]) / positives.length),
  ];
  return Math.sqrt(placements.reduce((sum, values) => sum + sampleVariance(values) / values.length, 0));
}

/** Rank of each row by its prediction, from 1, with tied rows at their mean rank; in the order of `rows`. */
export function midranks(rows: readonly number[], prediction: Vector): Float64Array {
  const order = rows.map((_, i) => i).sort((a, b) => prediction[rows[a]] - prediction[rows[b]]);
  const ranks = new Float64Array(rows.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1; // not i: NaN does not equal itself, and the loop would not end
    while (end < order.length && prediction[rows[order[end]]] === prediction[rows[order[i]]]) end++;
    const rank = (i + 1 + end) / 2;
    for (; i < end; i++) ranks[order[i]] = rank;
  }
  return ranks;
}

function sampleVariance(values: readonly number[]): number {
  const mean = meanOver(values.length, (i) => values[i]);
  return (
    meanOver(values.length, (i) => (values[i] - mean) ** 2) * (values.length / Math.max(1, values.length - 1))
  );
}

/** Mean squared error of the predicted probability (Brier 1950). */
export const brier = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => (prediction[i] - target[i]) ** 2);

/** Mean negative log likelihood, in nats; probabilities are clipped to 1e-15 and 1 - 1e-15. */
export const logLoss = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => {
    const p = Math.min(1 - 1e-15, Math.max(1e-15, prediction[i]));
    return -Math.log(target[i] === 1 ? p : 1 - p);
  });

/** Share of rows classified correctly at a threshold of one half. */
export const accuracy = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => (prediction[i] >= 0.5 === (target[i] === 1) ? 1 : 0));

/** An estimate and its standard error. */
export interface Estimate {
  value: number;
  error: number;
}

/**
 * Intercept and slope of the logistic regression of the target on the logit of the prediction: 0 and 1 if calibrated
 * (Cox 1958), with standard errors from the inverse of the information matrix.
 */
export function calibration(target: Vector, prediction: Vector): { intercept: Estimate; slope: Estimate } {
  const logits = Float64Array.from({ length: target.length }, (_, i) => {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, prediction[i]));
    return Math.log(p / (1 - p));
  });
  const [intercept, slope] = fitColumns('logistic', [logits], target, 0);
  let [w, wx, wxx] = [0, 0, 0];
  for (const logit of logits) {
    const p = 1 / (1 + Math.exp(-(intercept + slope * logit)));
    const weight = p * (1 - p);
    w += weight;
    wx += weight * logit;
    wxx += weight * logit * logit;
  }
  const determinant = w * wxx - wx * wx;
  return {
    intercept: { value: intercept, error: Math.sqrt(wxx / determinant) },
    slope: { value: slope, error: Math.sqrt(w / determinant) },
  };
}

export interface ReliabilityBin {
  low: number;
  high: number;
  rows: number;
  predicted: number;
  observed: number;
  /** If rows differ in weight or are in groups: rows of a simple random sample in which `observed` would be as precise. */
  effective?: number;
}

/** Rows in equal-width bins of the prediction, without the empty bins. */
export function reliability(target: Vector, prediction: Vector, bins = 10): ReliabilityBin[] {
  const rows = Array.from({ length: target.length }, (_, i) => i);
  return Array.from({ length: bins }, (_, bin) => {
    const inside = rows.filter((i) => Math.min(bins - 1, Math.floor(prediction[i] * bins)) === bin);
    return {
      low: bin / bins,
      high: (bin + 1) / bins,
      rows: inside.length,
      predicted: meanOver(inside.length, (i) => prediction[inside[i]]),
      observed: meanOver(inside.length, (i) => target[inside[i]]),
    };
  }).filter((bin) => bin.rows > 0);
}

/** Mean of `term(0)` … `term(n - 1)`. */
export function meanOver(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum / n;
}
