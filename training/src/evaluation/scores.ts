import { fitLogistic } from './logistic.ts';

type Vector = ArrayLike<number>;

/** Area under the ROC curve, ties counted half (Mann-Whitney). `target` holds 0 and 1. */
export function auc(target: Vector, prediction: Vector): number {
  const order = Array.from({ length: target.length }, (_, i) => i).sort(
    (a, b) => prediction[a] - prediction[b],
  );
  let rankSum = 0;
  let positives = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && prediction[order[end]] === prediction[order[i]]) end++;
    const rank = (i + 1 + end) / 2;
    for (; i < end; i++) {
      if (target[order[i]] === 1) {
        rankSum += rank;
        positives++;
      }
    }
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (target.length - positives));
}

/** Mean squared distance of the predicted chance from what happened (Brier 1950). */
export const brier = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => (prediction[i] - target[i]) ** 2);

/** Mean negative log likelihood, in nats; chances are kept 1e-15 away from 0 and 1. */
export const logLoss = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => {
    const p = Math.min(1 - 1e-15, Math.max(1e-15, prediction[i]));
    return -Math.log(target[i] === 1 ? p : 1 - p);
  });

/** Share of rows on whose side of one half the prediction is. */
export const accuracy = (target: Vector, prediction: Vector): number =>
  meanOver(target.length, (i) => (prediction[i] >= 0.5 === (target[i] === 1) ? 1 : 0));

/**
 * Intercept and slope of the logistic regression of the target on the logit of the prediction: 0 and 1 when calibrated
 * (Cox 1958).
 */
export function calibration(target: Vector, prediction: Vector): { intercept: number; slope: number } {
  const logits = Float64Array.from({ length: target.length }, (_, i) => {
    const p = Math.min(1 - 1e-9, Math.max(1e-9, prediction[i]));
    return Math.log(p / (1 - p));
  });
  const [intercept, slope] = fitLogistic([logits], target, 0);
  return { intercept, slope };
}

export interface ReliabilityBin {
  low: number;
  high: number;
  rows: number;
  predicted: number;
  observed: number;
}

/** Rows by equal-width bins of the prediction, empty bins left out. */
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

function meanOver(n: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += term(i);
  return sum / n;
}
