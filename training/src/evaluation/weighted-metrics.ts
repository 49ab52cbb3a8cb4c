import { fitColumns } from '../regression/fit-columns.ts';
import { sumError } from './clusters.ts';
import { type Estimate, type ReliabilityBin, reliability } from './metrics.ts';

/** The scored rows: how much each counts (1 if left out), and its cluster. */
export interface Sample {
  weights?: Float64Array;
  clusters?: Int32Array;
}

/** A weighted mean with its standard error over the sampling of the clusters. */
export function meanOf(values: Float64Array, { weights, clusters }: Sample): Estimate {
  const weight = (i: number) => weights?.[i] ?? 1;
  const total = values.reduce((sum, _, i) => sum + weight(i), 0);
  const value = values.reduce((sum, each, i) => sum + weight(i) * each, 0) / total;
  const terms = values.map((each, i) => (weight(i) * (each - value)) / total);
  return { value, error: sumError(terms, clusters) };
}

/**
 * Area under the ROC curve, where a pair of rows counts by the product of their weights, with its standard error over the clusters
 * (Obuchowski 1997, Biometrics 53, 567-578): each row's share in it is the weight of the other class that it is ranked right against.
 */
export function weightedAuc(target: Float64Array, prediction: Float64Array, sample: Sample): Estimate {
  const { value, terms } = weightedArea(target, prediction, sample);
  return { value, error: sumError(terms, sample.clusters) };
}

/** The same area, and what each row adds to it beyond its expectation; [rows]. */
export function weightedArea(
  target: Float64Array,
  prediction: Float64Array,
  { weights }: Sample,
): { value: number; terms: Float64Array } {
  const weight = (i: number) => weights?.[i] ?? 1;
  const order = Array.from(target.keys()).sort((a, b) => prediction[a] - prediction[b]);
  const total = { 0: 0, 1: 0 };
  for (const row of order) total[target[row] === 1 ? 1 : 0] += weight(row);
  const right = new Float64Array(target.length);
  const below = { 0: 0, 1: 0 };
  for (let start = 0; start < order.length; ) {
    let end = start;
    const tied = { 0: 0, 1: 0 };
    // at least one, so that the loop ends: NaN does not equal itself
    do {
      tied[target[order[end]] === 1 ? 1 : 0] += weight(order[end]);
      end++;
    } while (prediction[order[end]] === prediction[order[start]]);
    for (; start < end; start++) {
      const row = order[start];
      right[row] =
        target[row] === 1
          ? (below[0] + tied[0] / 2) / total[0]
          : (total[1] - below[1] - tied[1] / 2) / total[1];
    }
    below[0] += tied[0];
    below[1] += tied[1];
  }
  const value =
    right.reduce((sum, share, i) => (target[i] === 1 ? sum + weight(i) * share : sum), 0) / total[1];
  const terms = right.map((share, i) => (weight(i) * (share - value)) / total[target[i] === 1 ? 1 : 0]);
  return { value, terms };
}

/** Intercept and slope of a logistic recalibration (Cox 1958), weighted, with the errors of the sandwich. */
export function weightedCalibration(
  target: Float64Array,
  prediction: Float64Array,
  { weights, clusters }: Sample,
): { intercept: Estimate; slope: Estimate } {
  const logits = prediction.map((each) => {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, each));
    return Math.log(p / (1 - p));
  });
  const [intercept, slope] = fitColumns('logistic', [logits], target, 0, weights);
  const residuals = new Float64Array(target.length);
  let [w, wx, wxx] = [0, 0, 0];
  for (const [i, x] of logits.entries()) {
    const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
    const weight = weights?.[i] ?? 1;
    residuals[i] = weight * (target[i] - p);
    const curvature = weight * p * (1 - p);
    w += curvature;
    wx += curvature * x;
    wxx += curvature * x * x;
  }
  const determinant = w * wxx - wx * wx;
  const moments = residuals.map((each, i) => each * logits[i]);
  const error = (a: number, b: number) =>
    sumError(
      residuals.map((each, i) => (a * each + b * moments[i]) / determinant),
      clusters,
    );
  return {
    intercept: { value: intercept, error: error(wxx, -wx) },
    slope: { value: slope, error: error(-wx, w) },
  };
}

/** `reliability` with weights and clusters. */
export function weightedReliability(
  target: Float64Array,
  prediction: Float64Array,
  { weights, clusters }: Sample,
): ReliabilityBin[] {
  const bins = 10;
  const lowOf = (i: number) => Math.min(bins - 1, Math.floor(prediction[i] * bins)) / bins;
  const rows = Array.from(target.keys());
  return reliability(target, prediction, bins).map((bin) => {
    const inside = rows.filter((i) => lowOf(i) === bin.low);
    const of = (values: Float64Array) => Float64Array.from(inside, (i) => values[i]);
    const sample = {
      ...(weights && { weights: of(weights) }),
      ...(clusters && { clusters: Int32Array.from(inside, (i) => clusters[i]) }),
    };
    return {
      ...bin,
      predicted: meanOf(of(prediction), sample).value,
      observed: meanOf(of(target), sample).value,
      effective: effectiveOfShare(of(target), sample),
    };
  });
}

/** Rows of a simple random sample in which a share would be as precise (Korn & Graubard 1998, Survey Methodology 24, 193-201). */
function effectiveOfShare(outcomes: Float64Array, sample: Sample): number {
  const { value, error } = meanOf(outcomes, sample);
  const most = outcomes.length;
  return error > 0 ? Math.min(most, (value * (1 - value)) / error ** 2) : most;
}

/** Half the width of an interval of 95 % in standard errors: Student's t for few clusters (Abramowitz & Stegun 26.7.5), else normal. */
export function quantileFor(clusters: Int32Array | undefined): number {
  const z = 1.959963984540054;
  if (!clusters) return z;
  const freedom = Math.max(2, new Set(clusters).size - 1);
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
