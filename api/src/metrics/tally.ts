import { type Model, type SeenCells, seenCells, targetKind } from '@hearth/artifact';
import { Buckets } from './histogram.ts';

/** Upper bounds of the classes of probabilities. */
const bounds = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** Inputs and answers of one model. Called for each row of each batch, so counting is a few additions. */
export class Tally {
  readonly version: string;
  readonly columns: readonly string[];
  /** Number of rows in which a column was missing, by column. */
  readonly missing: Float64Array;
  /** Number of rows in which a column was outside the range or categories of the training rows, by column. */
  readonly outside: Float64Array;
  /** The answers; absent if they are not probabilities. */
  readonly probabilities?: Buckets;
  predictions = 0;
  /** Number of probabilities of at least 0.5. */
  likely = 0;
  readonly #isSeen: SeenCells;

  constructor({ version, manifest: { columns, target } }: Model) {
    this.version = version;
    this.columns = columns.map(({ name }) => name);
    this.missing = new Float64Array(columns.length);
    this.outside = new Float64Array(columns.length);
    this.#isSeen = seenCells(columns);
    if (targetKind(target).field === 'probability') this.probabilities = new Buckets(bounds);
  }

  /** @param at index of the row's first cell */
  add(cells: Float64Array, at: number, answer: number): void {
    this.predictions++;
    if (this.probabilities) {
      this.probabilities.add(answer);
      if (answer >= 0.5) this.likely++;
    }
    for (let i = 0; i < this.columns.length; i++) {
      const cell = cells[at + i];
      if (Number.isNaN(cell)) this.missing[i]++;
      else if (!this.#isSeen(i, cell)) this.outside[i]++;
    }
  }
}
