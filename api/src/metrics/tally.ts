import { isNumeric, type Model, type Row } from '@hearth/artifact';
import { Buckets } from './histogram.ts';

/** Upper bounds of the classes that chances are counted in. */
const chances = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** What one model has been asked and has answered. Counting is a few additions: it happens for each row of each batch. */
export class Tally {
  readonly version: string;
  readonly columns: readonly string[];
  /** Times that a column was not given, by column. */
  readonly missing: Float64Array;
  /** Times that a column lay outside the range of the training rows, by column. */
  readonly outside: Float64Array;
  /** Chances that were answered; absent for a model whose answers are none. */
  readonly chances?: Buckets;
  predictions = 0;
  /** Answers that the outcome is likelier than not. */
  likely = 0;
  readonly #ranges: ({ minimum: number; maximum: number } | undefined)[];

  constructor({ version, manifest: { columns, target } }: Model) {
    this.version = version;
    this.columns = columns.map(({ name }) => name);
    this.missing = new Float64Array(columns.length);
    this.outside = new Float64Array(columns.length);
    this.#ranges = columns.map((column) => (isNumeric(column) ? column.seen : undefined));
    if (target.type === 'binary') this.chances = new Buckets(chances);
  }

  add(row: Row, answer: number): void {
    this.predictions++;
    if (this.chances) {
      this.chances.add(answer);
      if (answer >= 0.5) this.likely++;
    }
    for (let i = 0; i < this.columns.length; i++) {
      const value = row[this.columns[i]]; // no column has the name of something that every object inherits
      const range = this.#ranges[i];
      if (value === null || value === undefined) this.missing[i]++;
      else if (range && ((value as number) < range.minimum || (value as number) > range.maximum))
        this.outside[i]++;
    }
  }
}
