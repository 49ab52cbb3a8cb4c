import type { FeatureReader } from '../../columns/cells.ts';
import { type Forest, sumLeaves } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import type { Term } from './terms.ts';

/** The sums of terms for all codes of their columns. */
export interface Tables {
  /** A row's entry is at `starts + strides · code of first + code of second`; [terms]. */
  starts: Int32Array;
  first: Int32Array;
  second: Int32Array;
  strides: Int32Array;
  entries: Float64Array;
}

/** How a row's cells become features, and how many cells it has. */
export interface Cells {
  readFeatures: FeatureReader;
  width: number;
}

/** @returns tables to be filled, undefined where there would be more than `mostEntries` */
export function createTables(
  terms: readonly Term[],
  { sizes }: Coding,
  mostEntries: number,
): Tables | undefined {
  const starts = new Int32Array(terms.length);
  let next = 0;
  for (const [k, { first, second }] of terms.entries()) {
    starts[k] = next;
    next += sizes[first] * sizes[second];
  }
  if (next > mostEntries) return undefined;
  return {
    starts,
    first: Int32Array.from(terms, ({ first }) => first),
    second: Int32Array.from(terms, ({ second }) => second),
    strides: Int32Array.from(terms, ({ second }) => sizes[second]),
    entries: new Float64Array(next),
  };
}

/**
 * Makes the function that fills the table of the term `from`, and of those behind it that depend on the same columns, with the
 * plain sums of their leaves. It returns the first term that is left.
 * @param given the columns that are given besides those that a term depends on, by the bits of the coding
 */
export function tableFiller(
  { starts, first, second, strides, entries }: Tables,
  forest: Forest,
  terms: readonly Term[],
  { sizes, places, usedOf, none, cellOf }: Coding,
  { readFeatures, width }: Cells,
  given: number,
): (from: number) => number {
  const cells = new Float64Array(width).fill(Number.NaN);
  const x = new Float64Array(usedOf.length);
  const set = (i: number, code: number): void => {
    if (i !== none) cells[places[i]] = cellOf(i, code);
  };
  for (let i = 0; i < none; i++) if ((given >> i) & 1) set(i, 0);

  return (from) => {
    const one = first[from];
    const other = second[from];
    let to = from;
    while (first[to] === one && second[to] === other) to++;
    const trees = terms.slice(from, to).map(({ roots }) => ({ ...forest, roots }));
    for (let entry = 0; entry < sizes[one] * sizes[other]; entry++) {
      set(one, Math.floor(entry / strides[from]));
      set(other, entry % strides[from]);
      readFeatures(cells, 0, x, 0);
      for (let k = from; k < to; k++) entries[starts[k] + entry] = sumLeaves(trees[k - from], x);
    }
    set(one, 0);
    set(other, 0);
    return to;
  };
}
