import type { Random } from '../random.ts';
import type { BinnedColumn, ColumnBins } from './bins.ts';

/** Limits of every split of a tree. */
export interface SplitRules {
  /** Minimum weight of a child; above 0. */
  minimumWeight: number;
  /** Ridge penalty λ of ½ λ value² in every leaf. */
  l2: number;
}

/** Where missing values go: right, left, or, if none occurred in training, to the child with the larger cover. */
export const missingSide = { right: 0, left: 1, unseen: 2 } as const;

/** The value of a leaf that minimises Σ ½ weight · (gradient/weight − value)² + ½ λ value², within bounds. */
export function leafValue(gradient: number, weight: number, l2: number, low: number, high: number): number {
  const value = gradient / (weight + l2);
  return Math.min(Math.max(value, low), high);
}

/**
 * Twice the reduction in error by a leaf of this value, compared with a leaf of 0. For the best value it is gradient² / (weight + l2), the
 * score of Chen & Guestrin 2016 (XGBoost), eq. 6; this form also holds if bounds change the value.
 */
const leafScore = (value: number, gradient: number, weight: number, l2: number): number =>
  value * (2 * gradient - (weight + l2) * value);

/** Gains below this share of the score are rounding errors. */
const noise = 1e-12;

/**
 * Where a numeric column is split at random: a value uniform between those of the first and the last of a node's bins (extremely randomised
 * trees: Geurts, Ernst & Wehenkel 2006). Bins up to it go left, apart from the last. Trees of such splits differ more than those of the best
 * splits, and their mean is smoother.
 */
export function randomValue(
  { lowest, highest }: ColumnBins,
  first: number,
  last: number,
  random: Random,
): number {
  return highest[first] + random.uniform() * (lowest[last] - highest[first]);
}

/** Finds the best split of a node: call `begin`, then `offer` for each column. Of equal splits, the first is kept. */
export class SplitSearch {
  /** Twice the reduction in penalised error by the best split; 0 if there is none. */
  gain = 0;
  /** Index of the best split's column; -1 if there is none. */
  column = -1;
  /** The last bin that goes left, or the category that goes right; `size` if only missing values go right. */
  at = 0;
  /** The first bin with rows that goes right; -1 if only missing values go right. */
  next = 0;
  missing = 0;
  leftGradient = 0;
  leftWeight = 0;

  #gradient = 0;
  #weight = 0;
  #low = 0;
  #high = 0;
  #score = 0;
  readonly #rules: SplitRules;

  constructor(rules: SplitRules) {
    this.#rules = rules;
  }

  /** @param low minimum value of the leaves below the node, from monotone columns further up; `high`, the maximum */
  begin(gradient: number, weight: number, low: number, high: number): void {
    const { l2 } = this.#rules;
    this.#gradient = gradient;
    this.#weight = weight;
    this.#low = low;
    this.#high = high;
    this.#score = leafScore(leafValue(gradient, weight, l2, low, high), gradient, weight, l2);
    this.gain = 0;
    this.column = -1;
  }

  /**
   * Tries every split between neighbouring bins with rows, or of one category from the others, each with the missing values on either
   * side; and the split between rows with and without a value.
   * @param sums gradient and weight of each bin, interleaved, from `offset` on; the bin of missing values is last
   * @param occupied bins with rows, ascending, without the bin of missing values; the first `count` elements
   */
  offer(
    index: number,
    column: BinnedColumn,
    sums: Float64Array,
    offset: number,
    occupied: Uint8Array,
    count: number,
  ): void {
    if (count === 0) return;
    const { size, direction } = column;
    const missing = offset + 2 * size;
    const numeric = column.kind === 'numeric';
    const givenGradient = this.#gradient - sums[missing];
    const givenWeight = this.#weight - sums[missing + 1];
    let left = 0;
    let leftWeight = 0;
    for (let i = 0; i < count && count > 1; i++) {
      const at = offset + 2 * occupied[i];
      if (numeric) {
        if (i === count - 1) break;
        left += sums[at];
        leftWeight += sums[at + 1];
      } else {
        left = givenGradient - sums[at];
        leftWeight = givenWeight - sums[at + 1];
      }
      const next = numeric ? occupied[i + 1] : occupied[i];
      if (sums[missing + 1] > 0) {
        this.#try(left, leftWeight, direction, index, occupied[i], next, missingSide.right);
        const withMissing = leftWeight + sums[missing + 1];
        this.#try(left + sums[missing], withMissing, direction, index, occupied[i], next, missingSide.left);
      } else this.#try(left, leftWeight, direction, index, occupied[i], next, missingSide.unseen);
    }
    if (sums[missing + 1] > 0) {
      const last = numeric ? occupied[count - 1] : size;
      this.#try(givenGradient, givenWeight, 0, index, last, -1, missingSide.right);
    }
  }

  /** Tries one split of a numeric column, at a random value, with missing values on either side; and that between given and missing. */
  offerAtRandom(
    index: number,
    column: BinnedColumn,
    sums: Float64Array,
    offset: number,
    occupied: Uint8Array,
    count: number,
    random: Random,
  ): void {
    if (count === 0) return;
    const { size, direction } = column;
    const missing = offset + 2 * size;
    const missingGradient = sums[missing];
    const missingWeight = sums[missing + 1];
    if (count > 1) {
      const value = randomValue(column, occupied[0], occupied[count - 1], random);
      let left = 0;
      let leftWeight = 0;
      let next = 0;
      do {
        left += sums[offset + 2 * occupied[next]];
        leftWeight += sums[offset + 2 * occupied[next] + 1];
        next++;
      } while (next < count - 1 && column.lowest[occupied[next]] <= value);
      const side = missingWeight > 0 ? missingSide.right : missingSide.unseen;
      this.#try(left, leftWeight, direction, index, occupied[next - 1], occupied[next], side);
      if (missingWeight > 0) {
        const withMissing = leftWeight + missingWeight;
        this.#try(
          left + missingGradient,
          withMissing,
          direction,
          index,
          occupied[next - 1],
          occupied[next],
          missingSide.left,
        );
      }
    }
    if (missingWeight === 0) return;
    const given = this.#gradient - missingGradient;
    this.#try(given, this.#weight - missingWeight, 0, index, occupied[count - 1], -1, missingSide.right);
  }

  #try(
    leftGradient: number,
    leftWeight: number,
    direction: number,
    column: number,
    at: number,
    next: number,
    missing: number,
  ): void {
    const { minimumWeight, l2 } = this.#rules;
    const rightWeight = this.#weight - leftWeight;
    if (leftWeight < minimumWeight || rightWeight < minimumWeight) return;
    const rightGradient = this.#gradient - leftGradient;
    const left = leafValue(leftGradient, leftWeight, l2, this.#low, this.#high);
    const right = leafValue(rightGradient, rightWeight, l2, this.#low, this.#high);
    if (direction * (right - left) < 0) return;
    const score =
      leafScore(left, leftGradient, leftWeight, l2) + leafScore(right, rightGradient, rightWeight, l2);
    const gain = score - this.#score;
    if (gain <= this.gain || gain <= noise * score) return;
    this.gain = gain;
    this.column = column;
    this.at = at;
    this.next = next;
    this.missing = missing;
    this.leftGradient = leftGradient;
    this.leftWeight = leftWeight;
  }
}

/**
 * The threshold halfway between the values on both sides of a split; if that lies inside a bin, the lower end of the bin, because a bin is
 * never split. Between given and missing values it is the largest number, which every given value is below.
 */
export function splitThreshold(column: ColumnBins, at: number, next: number): number {
  if (next === -1) return Number.MAX_VALUE;
  if (column.kind === 'category') return 0.5;
  const { lowest, highest } = column;
  const middle = highest[at] + (lowest[next] - highest[at]) / 2;
  const above = lastBinBelow(column, at, middle) + 1;
  return lowest[above] < middle || middle === highest[at] ? lowest[above] : middle;
}

/** The last bin of a numeric column below a threshold, at or after bin `from`, which is below it. */
export function lastBinBelow({ size, highest }: ColumnBins, from: number, threshold: number): number {
  let last = from;
  let high = size - 1;
  while (last < high) {
    const middle = (last + high + 1) >> 1;
    if (highest[middle] < threshold) last = middle;
    else high = middle - 1;
  }
  return last;
}
