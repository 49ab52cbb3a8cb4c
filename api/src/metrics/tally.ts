import { type Model, type SeenCells, seenCells, targetKind } from '@hearth/artifact';
import { Buckets } from './histogram.ts';

/** Upper bounds of the classes that chances are counted in. */
const chances = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** What one model has been asked and has answered. Counting is a few additions: it happens for each row of each batch. */
export class Tally {
  readonly version: string;
  readonly columns: readonly string[];
  /** Times that a column was not given, by column. */
  readonly missing: Float64Array;
  /** Times that a column lay outside the range, or the categories, of the training rows, by column. */
  readonly outside: Float64Array;
  /** Chances that were answered; absent for a model whose answers are none. */
  readonly chances?: Buckets;
  predictions = 0;
  /** Answers that the outcome is likelier than not. */
  likely = 0;
  readonly #isSeen: SeenCells;

  constructor({ version, manifest: { columns, target } }: Model) {
    this.version = version;
    this.columns = columns.map(({ name }) => name);
    this.missing = new Float64Array(columns.length);
    this.outside = new Float64Array(columns.length);
    this.#isSeen = seenCells(columns);
    if (targetKind(target).field === 'probability') this.chances = new Buckets(chances);
  }

  /** @param at where the cells of the row stand */
  add(cells: Float64Array, at: number, answer: number): void {
    this.predictions++;
    if (this.chances) {
      this.chances.add(answer);
      if (answer >= 0.5) this.likely++;
    }
    for (let i = 0; i < this.columns.length; i++) {
      const cell = cells[at + i];
      if (Number.isNaN(cell)) this.missing[i]++;
      else if (!this.#isSeen(i, cell)) this.outside[i]++;
    }
  }
}
