import { nearestShare } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { type OutOfFold, type Protocol, splitAll } from '../evaluation/out-of-fold.ts';
import { keptColumns } from '../evaluation/random-mask.ts';
import { scoringOf } from '../sampling/prior.ts';
import { scaleWeights } from '../sampling/sampling.ts';
import { givenCounter, masksOf, shares } from './masks.ts';

/** An out-of-fold prediction from all columns of a row or from those that a mask keeps. */
export interface MaskedPrediction {
  row: number;
  fold: number;
  /** The columns that are kept; undefined: all. */
  kept?: Uint8Array;
  /** The first output of the row is `prediction[at]`. */
  prediction: Float64Array;
  at: number;
  /** Scaled so that all rows weigh as much as the rows of equal weight that are as precise. */
  weight: number;
}

/** The out-of-fold predictions of the first repeat, by the nearest share of used columns that they are made from; [shares]. */
export function predictionsByShare(
  design: Design,
  { whole: [first], masked }: OutOfFold,
  protocol: Protocol,
): MaskedPrediction[][] {
  const { outputs } = design;
  const given = givenCounter(design);
  const [splits] = splitAll(design, protocol);
  const scoring = scoringOf(design);
  const weights = scoring.weights && scaleWeights(scoring.weights);
  const masks = masksOf(design);
  const groups = shares.map((): MaskedPrediction[] => []);
  const add = (fold: number, row: number, prediction: Float64Array, kept?: Uint8Array) => {
    groups[nearestShare(shares, given.count(row, kept), given.used)].push({
      row,
      fold,
      kept,
      prediction,
      at: row * outputs,
      weight: weights?.[row] ?? 1,
    });
  };
  for (const [fold, { test }] of splits.entries()) {
    for (const row of test) {
      add(fold, row, first);
      for (const [i, mask] of masks.entries()) add(fold, row, masked[i], keptColumns(mask, row));
    }
  }
  return groups;
}

/**
 * Of sorted numbers the one of rank ⌊tail · (n + 1)⌋; with weights, n and the rank are sums of them (Tibshirani et al. 2019). Undefined
 * for too few numbers.
 */
export function lastInTail(
  sorted: readonly { q: number; weight: number }[],
  tail: number,
): number | undefined {
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  // 0.05 · 20 must not be below 1 by rounding
  const most = tail * (total + 1) + 1e-9;
  let last: number | undefined;
  let sum = 0;
  for (const { q, weight } of sorted) {
    sum += weight;
    if (sum > most) return last;
    last = q;
  }
  return last;
}
