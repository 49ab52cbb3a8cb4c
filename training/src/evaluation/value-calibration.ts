import type { Score } from '@hearth/artifact';
import { meanOver, type ReliabilityBin } from './metrics.ts';
import { scoreOf } from './scores.ts';

/**
 * Intercept and slope of the linear regression of the target on the prediction, with normal 95 % intervals: 0 and 1 if calibrated.
 * Undefined for predictions that are all the same.
 */
export function calibrationOfValues(
  target: Float64Array,
  prediction: Float64Array,
): { intercept: Score; slope: Score } | undefined {
  const n = target.length;
  const [meanX, meanY] = [prediction, target].map((values) => meanOver(n, (i) => values[i]));
  let [xx, xy] = [0, 0];
  for (let i = 0; i < n; i++) {
    xx += (prediction[i] - meanX) ** 2;
    xy += (prediction[i] - meanX) * (target[i] - meanY);
  }
  if (xx === 0) return undefined;
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  const residuals = meanOver(n, (i) => (target[i] - intercept - slope * prediction[i]) ** 2) * n;
  const variance = residuals / (n - 2);
  return {
    intercept: scoreOf({ value: intercept, error: Math.sqrt(variance * (1 / n + meanX ** 2 / xx)) }),
    slope: scoreOf({ value: slope, error: Math.sqrt(variance / xx) }),
  };
}

/** So that no group shows single rows. */
const fewestInGroup = 10;
const mostGroups = 10;

/** Rows in groups of equal size by prediction: least and greatest prediction, and both means. */
export function reliabilityOfValues(target: Float64Array, prediction: Float64Array): ReliabilityBin[] {
  const order = Array.from(target.keys()).sort((a, b) => prediction[a] - prediction[b]);
  const count = Math.max(1, Math.min(mostGroups, Math.floor(order.length / fewestInGroup)));
  return Array.from({ length: count }, (_, group) => {
    const from = Math.floor((group * order.length) / count);
    const rows = order.slice(from, Math.floor(((group + 1) * order.length) / count));
    return {
      low: prediction[rows[0]],
      high: prediction[rows[rows.length - 1]],
      rows: rows.length,
      predicted: meanOver(rows.length, (i) => prediction[rows[i]]),
      observed: meanOver(rows.length, (i) => target[rows[i]]),
    };
  });
}
