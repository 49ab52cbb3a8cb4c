import { createRandom, type Random } from '../../random.ts';
import { type ColumnBins, maximumBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import { gradientOf, hessianOf, type Steps } from './packed-sum.ts';

/** Limits of every split. */
export interface SplitLimits {
  /** Minimum of the summed hessian of a child; above 0. */
  minimumWeight: number;
  /** Ridge penalty λ of ½ λ value² in every leaf. */
  l2: number;
  /** The share of a tree's columns that is drawn for each split; 1 by default. */
  splitShare?: number;
  /**
   * How many thresholds of a number are tried in each split, drawn at random, with replacement; all by default. Extremely randomised splits
   * (Geurts, Ernst & Wehenkel 2006) try one of each column.
   */
  thresholds?: number;
}

/** A split of a node, with the sums of its left child. */
export interface Split {
  /** Twice the reduction of the penalised loss. */
  gain: number;
  column: number;
  /** The last bin that goes left, or the category that goes right; `size` if only missing values go right, -1 with a set. */
  at: number;
  /** 1 for the categories that go right; others go left. [categories] */
  set?: Uint8Array;
  /** The first bin with rows that goes right; -1 if only missing values go right, -2 with a set. */
  next: number;
  /** One of `missingSide`. */
  missing: number;
  /** Packed. */
  left: number;
}

/** What a node adds to the search: its packed sum, and the bounds of its leaves by monotone columns above it. */
export interface Summed {
  sum: number;
  low: number;
  high: number;
}

/** Splits on sets of categories, with the settings of LightGBM. */
const categorical = {
  /** With fewer categories, each is tried alone. */
  fewest: 5,
  /** What is added to the hessian of a category before categories are sorted by their step: rare ones do not come first by chance. */
  smooth: 10,
  /** What is added to the ridge penalty: there are many sets, and the best one is too good. */
  l2: 10,
  /** Maximum number of categories in a set. */
  most: 32,
};

/** Gains below this share of the score are rounding errors. */
const noise = 1e-12;

/** The value of a leaf: a Newton step, within bounds. */
export function newtonStep({ sum, low, high }: Summed, steps: Steps, l2: number): number {
  const value = (gradientOf(sum) * steps.gradient) / (hessianOf(sum) * steps.hessian + l2);
  return Math.min(Math.max(value, low), high);
}

/** Finds the best split of a node: `begin`, then `offer` for each column. Of equal splits, the first is kept. */
export class SplitSearch {
  readonly #limits: SplitLimits;
  #random: Random = createRandom(0);
  #best: Split | undefined;
  // In units of the grid: sums stay whole numbers.
  #l2 = 0;
  /** The penalty of the splits that are tried: l2, and of sets more. */
  #ridge = 0;
  #hessianStep = 1;
  #minimum = 0;
  #unit = 0;
  #valueUnit = 0;
  #gradient = 0;
  #hessian = 0;
  #score = 0;
  /** The score that the best split so far has. */
  #most = 0;
  #low = 0;
  #high = 0;
  #bounded = false;
  /** The bins of a column that have rows, and the packed sums up to each; [bins]. */
  readonly #bins = new Int32Array(maximumBins);
  readonly #left = new Float64Array(maximumBins);

  constructor(limits: SplitLimits) {
    this.#limits = limits;
  }

  /**
   * @param bounded whether a leaf's value can be limited: with monotone columns
   * @param random what thresholds are drawn with
   */
  begin({ sum, low, high }: Summed, steps: Steps, bounded: boolean, random: Random): void {
    this.#random = random;
    this.#l2 = this.#limits.l2 / steps.hessian;
    this.#ridge = this.#l2;
    this.#hessianStep = steps.hessian;
    this.#minimum = this.#limits.minimumWeight / steps.hessian;
    this.#valueUnit = steps.gradient / steps.hessian;
    this.#unit = steps.gradient * this.#valueUnit;
    this.#gradient = gradientOf(sum);
    this.#hessian = hessianOf(sum);
    this.#low = low / this.#valueUnit;
    this.#high = high / this.#valueUnit;
    this.#bounded = bounded;
    this.#score = this.#leafScore(this.#gradient, this.#hessian);
    this.#most = this.#score * (1 + noise);
    this.#best = undefined;
  }

  /** The best split offered since `begin`. */
  found(): Split | undefined {
    return this.#best;
  }

  /**
   * Tries every split between neighbouring bins with rows, or of one category from the others, each with the missing values on either
   * side; and the split between rows with and without a value.
   * @param sums the packed sum of each bin, from `from` on; that of missing values is last
   */
  offer(index: number, column: ColumnBins, sums: Float64Array, from: number): void {
    if (column.kind === 'category' && column.size < categorical.fewest)
      this.#offerCategories(index, column, sums, from);
    else if (column.kind === 'category') this.#offerSets(index, column, sums, from);
    else this.#offerNumbers(index, column, sums, from);
    const missing = sums[from + column.size];
    if (missing === 0) return;
    const given = this.#gradient * 2 ** 26 + this.#hessian - missing;
    if (given !== 0) this.#try(index, column.size, -1, missingSide.right, given, 0);
  }

  #offerNumbers(index: number, { size, direction }: ColumnBins, sums: Float64Array, from: number): void {
    const missing = sums[from + size];
    const { thresholds = size } = this.#limits;
    const filled = this.#fill(sums, from, size);
    const bins = this.#bins;
    const left = this.#left;
    if (thresholds >= filled - 1) {
      for (let i = 1; i < filled; i++)
        this.#tryBoth(index, bins[i - 1], bins[i], left[i - 1], missing, direction);
      return;
    }
    for (let drawn = 0; drawn < thresholds; drawn++) {
      const i = 1 + Math.floor(this.#random.uniform() * (filled - 1));
      this.#tryBoth(index, bins[i - 1], bins[i], left[i - 1], missing, direction);
    }
  }

  /** Finds the bins with rows, and the sums up to each of them. @returns their number */
  #fill(sums: Float64Array, from: number, size: number): number {
    const bins = this.#bins;
    const left = this.#left;
    let sum = 0;
    let filled = 0;
    for (let bin = 0; bin < size; bin++) {
      const own = sums[from + bin];
      if (own === 0) continue;
      sum += own;
      bins[filled] = bin;
      left[filled] = sum;
      filled++;
    }
    return filled;
  }

  #offerCategories(index: number, { size }: ColumnBins, sums: Float64Array, from: number): void {
    const missing = sums[from + size];
    const given = this.#gradient * 2 ** 26 + this.#hessian - missing;
    for (let category = 0; category < size; category++) {
      const own = sums[from + category];
      if (own === 0 || own === given) continue;
      this.#tryBoth(index, category, category, given - own, missing, 0);
    }
  }

  /**
   * Tries sets of the categories with the smallest and with the largest steps: the best of all sets is among those that are sorted so
   * (Fisher 1958, JASA 53), but for what keeps rare categories from overfitting (Ke et al. 2017).
   */
  #offerSets(index: number, { size }: ColumnBins, sums: Float64Array, from: number): void {
    const missing = sums[from + size];
    const given = this.#gradient * 2 ** 26 + this.#hessian - missing;
    const smooth = categorical.smooth / this.#hessianStep;
    const step = (category: number) => {
      const sum = sums[from + category];
      return gradientOf(sum) / (hessianOf(sum) + smooth);
    };
    const steps = Float64Array.from({ length: size }, (_, category) => step(category));
    const order = Array.from(steps.keys()).filter((category) => sums[from + category] !== 0);
    order.sort((a, b) => steps[a] - steps[b]);
    const most = Math.min(categorical.most, order.length >> 1);
    this.#ridge = this.#l2 + categorical.l2 / this.#hessianStep;
    for (const sorted of [order, order.toReversed()]) {
      let inside = 0;
      for (let count = 1; count <= most; count++) {
        inside += sums[from + sorted[count - 1]];
        const before = this.#best;
        this.#tryBoth(index, -1, -2, given - inside, missing, 0);
        if (this.#best === before || !this.#best) continue;
        this.#best.set = new Uint8Array(size);
        for (const category of sorted.slice(0, count)) this.#best.set[category] = 1;
      }
    }
    this.#ridge = this.#l2;
  }

  #tryBoth(column: number, at: number, next: number, left: number, missing: number, direction: number): void {
    if (missing === 0) {
      this.#try(column, at, next, missingSide.unseen, left, direction);
      return;
    }
    this.#try(column, at, next, missingSide.right, left, direction);
    this.#try(column, at, next, missingSide.left, left + missing, direction);
  }

  #try(column: number, at: number, next: number, missing: number, left: number, direction: number): void {
    const gradient = Math.floor(left / 2 ** 26);
    const hessian = left - gradient * 2 ** 26;
    const otherGradient = this.#gradient - gradient;
    const otherHessian = this.#hessian - hessian;
    if (hessian < this.#minimum || otherHessian < this.#minimum) return;
    let score: number;
    if (this.#bounded) {
      const value = this.#value(gradient, hessian);
      const other = this.#value(otherGradient, otherHessian);
      if (direction * (other - value) < 0) return;
      score = this.#leafScore(gradient, hessian) + this.#leafScore(otherGradient, otherHessian);
    } else {
      const l2 = this.#ridge;
      score = (gradient * gradient) / (hessian + l2) + (otherGradient * otherGradient) / (otherHessian + l2);
    }
    if (score <= this.#most) return;
    this.#most = score;
    this.#best = { gain: (score - this.#score) * this.#unit, column, at, next, missing, left };
  }

  #value(gradient: number, hessian: number): number {
    return Math.min(Math.max(gradient / (hessian + this.#ridge), this.#low), this.#high);
  }

  /** The score of Chen & Guestrin 2016 (XGBoost), eq. 6, in a form that also holds if bounds change the value. */
  #leafScore(gradient: number, hessian: number): number {
    const value = this.#value(gradient, hessian);
    return value * (2 * gradient - (hessian + this.#ridge) * value);
  }
}
