import type { Random } from '../../random.ts';
import type { ColumnBins } from '../bins.ts';
import { missingSide, randomValue } from '../split.ts';
import { binOf, classOf, type SortedRows, timesOf } from './sorted-rows.ts';

/** Gains below this share of the score are rounding errors. */
const noise = 1e-12;

/**
 * Finds the split of a node with the least Gini impurity of its children (Breiman et al. 1984), which is the least multi-class Brier score
 * of their shares: call `begin`, then `offer` for each column. Of equal splits, the first is kept.
 *
 * With the weights n of a node's classes, the split with the largest Σ left² / |left| + Σ right² / |right| is the best. All squares are
 * sums of integers below 2^53, so they are exact; they change with each row by a few additions, however many classes there are.
 */
export class ClassSplit {
  /** Index of the best split's column; -1 if there is none. */
  column = -1;
  /** As in `SplitSearch`. */
  at = 0;
  next = 0;
  missing = 0;
  leftWeight = 0;

  #score = 0;
  #weight = 0;
  #squares = 0;
  #missingWeight = 0;
  /** Σ missing², and Σ node · missing. */
  #missingSquares = 0;
  #nodeMissing = 0;
  /** Weight by class, of the node, of its rows without a value in the column, and of the rows passed; [classes]. */
  #ofNode: Int32Array;
  readonly #ofMissing: Int32Array;
  readonly #passed: Int32Array;
  readonly #minimumLeaf: number;

  /** @param minimumLeaf minimum weight of a child */
  constructor(classes: number, minimumLeaf: number) {
    this.#ofNode = new Int32Array(classes);
    this.#ofMissing = new Int32Array(classes);
    this.#passed = new Int32Array(classes);
    this.#minimumLeaf = minimumLeaf;
  }

  /** @param counts weight of each class in the node @param squares Σ counts² */
  begin(weight: number, counts: Int32Array, squares: number): void {
    this.#weight = weight;
    this.#ofNode = counts;
    this.#squares = squares;
    this.#score = (squares / weight) * (1 + noise);
    this.column = -1;
  }

  offer(index: number, { kind, size }: ColumnBins, rows: SortedRows): void {
    const given = this.#separateMissing(rows, size);
    if (kind === 'category') this.#offerCategories(index, rows, given);
    else this.#offerNumbers(index, rows, given);
    if (given > 0) this.#offerMissing(index, kind === 'category' ? size : binOf(rows.keys[given - 1]));
  }

  /** Offers one split of a numeric column, at a random value, with missing values on either side; and that between given and missing. */
  offerAtRandom(index: number, column: ColumnBins, rows: SortedRows, random: Random): void {
    const { keys } = rows;
    const given = this.#separateMissing(rows, column.size);
    if (given === 0) return;
    const last = binOf(keys[given - 1]);
    if (binOf(keys[0]) !== last) {
      const value = randomValue(column, binOf(keys[0]), last, random);
      const node = this.#ofNode;
      const none = this.#ofMissing;
      const passed = this.#passed;
      passed.fill(0);
      let [weight, left, right, leftMissing, i] = [0, 0, this.#squares, 0, 0];
      for (; binOf(keys[i]) !== last && column.lowest[binOf(keys[i])] <= value; i++) {
        const of = classOf(keys[i]);
        const times = timesOf(keys[i]);
        const before = passed[of];
        weight += times;
        left += times * (2 * before + times);
        right -= times * (2 * (node[of] - before) - times);
        leftMissing += times * none[of];
        passed[of] = before + times;
      }
      this.#tryBetween(index, binOf(keys[i - 1]), binOf(keys[i]), weight, left, right, leftMissing);
    }
    this.#offerMissing(index, last);
  }

  /** The split between given and missing values. @param last the bin of given values, as in `at` */
  #offerMissing(index: number, last: number): void {
    if (this.#missingWeight === 0) return;
    const left = this.#squares - 2 * this.#nodeMissing + this.#missingSquares;
    const weight = this.#weight - this.#missingWeight;
    this.#try(index, last, -1, missingSide.right, weight, left, this.#missingSquares);
  }

  /** Weighs the rows without a value, which are last. @returns number of rows with one */
  #separateMissing({ length, keys }: SortedRows, size: number): number {
    const counts = this.#ofMissing;
    let [weight, squares, product] = [0, 0, 0];
    counts.fill(0);
    let given = length;
    for (; given > 0 && binOf(keys[given - 1]) === size; given--) {
      const of = classOf(keys[given - 1]);
      const times = timesOf(keys[given - 1]);
      weight += times;
      squares += times * (2 * counts[of] + times);
      product += times * this.#ofNode[of];
      counts[of] += times;
    }
    this.#missingWeight = weight;
    this.#missingSquares = squares;
    this.#nodeMissing = product;
    return given;
  }

  #offerNumbers(index: number, { keys }: SortedRows, given: number): void {
    const node = this.#ofNode;
    const none = this.#ofMissing;
    const passed = this.#passed;
    passed.fill(0);
    let [weight, left, right, leftMissing] = [0, 0, this.#squares, 0];
    let bin = given > 0 ? binOf(keys[0]) : 0;
    for (let i = 0; i < given; i++) {
      const key = keys[i];
      if (binOf(key) !== bin) {
        this.#tryBetween(index, bin, binOf(key), weight, left, right, leftMissing);
        bin = binOf(key);
      }
      const of = classOf(key);
      const times = timesOf(key);
      const before = passed[of];
      weight += times;
      left += times * (2 * before + times);
      right -= times * (2 * (node[of] - before) - times);
      leftMissing += times * none[of];
      passed[of] = before + times;
    }
  }

  #tryBetween(
    index: number,
    at: number,
    next: number,
    weight: number,
    left: number,
    right: number,
    leftMissing: number,
  ): void {
    const side = this.#missingWeight > 0 ? missingSide.right : missingSide.unseen;
    this.#try(index, at, next, side, weight, left, right);
    if (side === missingSide.unseen) return;
    const squares = this.#missingSquares;
    const withMissing = left + 2 * leftMissing + squares;
    const without = right - 2 * (this.#nodeMissing - leftMissing) + squares;
    this.#try(index, at, next, missingSide.left, weight + this.#missingWeight, withMissing, without);
  }

  #offerCategories(index: number, { keys }: SortedRows, given: number): void {
    const node = this.#ofNode;
    const none = this.#ofMissing;
    const passed = this.#passed;
    if (given === 0 || binOf(keys[0]) === binOf(keys[given - 1])) return;
    for (let i = 0; i < given; ) {
      const bin = binOf(keys[i]);
      passed.fill(0);
      let [weight, squares, nodeProduct, missingProduct] = [0, 0, 0, 0];
      for (; i < given && binOf(keys[i]) === bin; i++) {
        const of = classOf(keys[i]);
        const times = timesOf(keys[i]);
        weight += times;
        squares += times * (2 * passed[of] + times);
        nodeProduct += times * node[of];
        missingProduct += times * none[of];
        passed[of] += times;
      }
      this.#tryCategory(index, bin, weight, squares, nodeProduct, missingProduct);
    }
  }

  /** A category goes right; missing values go with it, or left with all others. */
  #tryCategory(
    index: number,
    bin: number,
    weight: number,
    squares: number,
    nodeProduct: number,
    missingProduct: number,
  ): void {
    const others = this.#squares - 2 * nodeProduct + squares;
    const missing = this.#missingWeight;
    if (missing > 0) {
      const left = others - 2 * this.#nodeMissing + 2 * missingProduct + this.#missingSquares;
      const right = squares + 2 * missingProduct + this.#missingSquares;
      this.#try(index, bin, bin, missingSide.right, this.#weight - weight - missing, left, right);
    }
    const side = missing > 0 ? missingSide.left : missingSide.unseen;
    this.#try(index, bin, bin, side, this.#weight - weight, others, squares);
  }

  #try(
    column: number,
    at: number,
    next: number,
    missing: number,
    weight: number,
    left: number,
    right: number,
  ): void {
    const rest = this.#weight - weight;
    if (weight < this.#minimumLeaf || rest < this.#minimumLeaf) return;
    const score = left / weight + right / rest;
    if (score <= this.#score) return;
    this.#score = score;
    this.column = column;
    this.at = at;
    this.next = next;
    this.missing = missing;
    this.leftWeight = weight;
  }
}
