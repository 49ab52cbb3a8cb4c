import type { Random } from '../../random.ts';
import type { ColumnBins } from '../bins.ts';
import { missingSide, randomValue } from '../split.ts';
import type { BinList } from './bin-list.ts';

/**
 * Finds the best split of a node whose targets are 0 and 1: call `begin`, then `offer` for each column. Of equal splits, the first is kept.
 * A split reduces the squared error by d² / (n · n_left · n_right), where d = positives_left · n − positives · n_left is an integer, so that
 * splits are compared without rounding d and without a division.
 */
export class CountSplit {
  /** Index of the best split's column; -1 if there is none. */
  column = -1;
  /** As in `SplitSearch`. */
  at = 0;
  next = 0;
  missing = 0;
  leftWeight = 0;
  leftPositives = 0;

  #weight = 0;
  #positives = 0;
  #square = 0;
  #product = 1;
  readonly #minimumLeaf: number;

  /** @param minimumLeaf minimum weight of a child */
  constructor(minimumLeaf: number) {
    this.#minimumLeaf = minimumLeaf;
  }

  begin(weight: number, positives: number): void {
    this.#weight = weight;
    this.#positives = positives;
    this.#square = 0;
    this.#product = 1;
    this.column = -1;
  }

  offer(index: number, { kind, size }: ColumnBins, list: BinList): void {
    if (kind === 'category') this.#offerCategories(index, list);
    else if (list.missingWeight === 0) this.#offerNumbers(index, list);
    else this.#offerNumbersAndMissing(index, list);
    if (list.length > 0)
      this.#offerMissing(index, kind === 'category' ? size : list.bin[list.length - 1], list);
  }

  /** The split between given and missing values. @param last the bin of given values, as in `at` */
  #offerMissing(index: number, last: number, { missingWeight, missingPositives }: BinList): void {
    if (missingWeight === 0) return;
    const weight = this.#weight - missingWeight;
    this.#try(index, last, -1, missingSide.right, weight, this.#positives - missingPositives);
  }

  /** Offers one split of a numeric column, at a random value, with missing values on either side; and that between given and missing. */
  offerAtRandom(index: number, column: ColumnBins, list: BinList, random: Random): void {
    const { length, bin, weight, positives, missingWeight, missingPositives } = list;
    if (length === 0) return;
    if (length > 1) {
      const value = randomValue(column, bin[0], bin[length - 1], random);
      let i = 0;
      while (i < length - 2 && column.lowest[bin[i + 1]] <= value) i++;
      const side = missingWeight > 0 ? missingSide.right : missingSide.unseen;
      this.#try(index, bin[i], bin[i + 1], side, weight[i], positives[i]);
      const withMissing = positives[i] + missingPositives;
      if (missingWeight > 0)
        this.#try(index, bin[i], bin[i + 1], missingSide.left, weight[i] + missingWeight, withMissing);
    }
    this.#offerMissing(index, bin[length - 1], list);
  }

  /** Takes the split between two rows with different targets, given their bins. `higher` may be the bin of missing values. */
  takePair(
    index: number,
    { kind, size }: ColumnBins,
    lower: number,
    higher: number,
    lowerWeight: number,
    lowerIsPositive: boolean,
  ): void {
    const isMissing = higher === size;
    const isCategory = kind === 'category';
    const lowerIsLeft = isMissing || !isCategory;
    this.column = index;
    this.at = isCategory && isMissing ? size : lower;
    this.next = isMissing ? -1 : isCategory ? lower : higher;
    this.missing = isMissing ? missingSide.right : missingSide.unseen;
    this.leftWeight = lowerIsLeft ? lowerWeight : this.#weight - lowerWeight;
    this.leftPositives = lowerIsLeft === lowerIsPositive ? this.leftWeight : 0;
  }

  /** `#try` between all bins, with the state in local variables, because most splits are tried here. */
  #offerNumbers(index: number, { length, bin, weight, positives }: BinList): void {
    const minimum = this.#minimumLeaf;
    const all = this.#weight;
    const allPositives = this.#positives;
    let square = this.#square;
    let product = this.#product;
    let best = -1;
    for (let i = 0; i < length - 1; i++) {
      const left = weight[i];
      if (left < minimum) continue;
      if (all - left < minimum) break;
      const difference = positives[i] * all - allPositives * left;
      const itsSquare = difference * difference;
      const itsProduct = left * (all - left);
      if (itsSquare * product <= square * itsProduct) continue;
      square = itsSquare;
      product = itsProduct;
      best = i;
    }
    if (best === -1) return;
    this.#square = square;
    this.#product = product;
    this.column = index;
    this.at = bin[best];
    this.next = bin[best + 1];
    this.missing = missingSide.unseen;
    this.leftWeight = weight[best];
    this.leftPositives = positives[best];
  }

  #offerNumbersAndMissing(index: number, list: BinList): void {
    const { length, bin, weight, positives, missingWeight, missingPositives } = list;
    for (let i = 0; i < length - 1; i++) {
      const left = weight[i];
      this.#try(index, bin[i], bin[i + 1], missingSide.right, left, positives[i]);
      const withMissing = positives[i] + missingPositives;
      this.#try(index, bin[i], bin[i + 1], missingSide.left, left + missingWeight, withMissing);
    }
  }

  #offerCategories(index: number, list: BinList): void {
    const { length, bin, weight, positives, missingWeight, missingPositives } = list;
    for (let i = 0; i < length && length > 1; i++) {
      const left = this.#weight - weight[i] + (i > 0 ? weight[i - 1] : 0);
      const leftPositives = this.#positives - positives[i] + (i > 0 ? positives[i - 1] : 0);
      if (missingWeight > 0) {
        const without = leftPositives - missingPositives;
        this.#try(index, bin[i], bin[i], missingSide.right, left - missingWeight, without);
      }
      const side = missingWeight > 0 ? missingSide.left : missingSide.unseen;
      this.#try(index, bin[i], bin[i], side, left, leftPositives);
    }
  }

  #try(column: number, at: number, next: number, missing: number, left: number, leftPositives: number): void {
    const right = this.#weight - left;
    if (left < this.#minimumLeaf || right < this.#minimumLeaf) return;
    const difference = leftPositives * this.#weight - this.#positives * left;
    const square = difference * difference;
    const product = left * right;
    if (square * this.#product <= this.#square * product) return;
    this.#square = square;
    this.#product = product;
    this.column = column;
    this.at = at;
    this.next = next;
    this.missing = missing;
    this.leftWeight = left;
    this.leftPositives = leftPositives;
  }
}
