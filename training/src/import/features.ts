import type { ImportedFeature } from './imported.ts';

/** Collects the features of a model; equal ones have one place. */
export class Features {
  readonly list: ImportedFeature[] = [];
  #places = new Map<string, number>();

  /** The cell of a column. */
  cell(column: number): number {
    return this.#place(`${column}`, () => ({ column }));
  }

  /** Whether the category of a column is one of `codes`; `unseen` says the same of values that are not listed. */
  set(column: number, codes: readonly number[], unseen: 0 | 1): number {
    return this.#place(`${column} ${unseen} ${codes}`, () => ({ column, in: codes, unseen }));
  }

  /** The cell of a column, missing where it is no further from 0 than `zero`. */
  nonzero(column: number, zero: number): number {
    return this.#place(`${column} nonzero`, () => ({ column, nonzero: zero }));
  }

  #place(key: string, make: () => ImportedFeature): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.list.length);
    return this.list.push(make()) - 1;
  }
}
