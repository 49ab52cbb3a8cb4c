import type { FeatureReader } from '../../columns/cells.ts';
import { type Forest, sumLeaves } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import type { Term } from './terms.ts';

/** The sums of terms for every code of their columns. */
export interface Tables {
  /** A row's entry is at `starts + strides · code of first + code of second`; [terms]. */
  starts: Int32Array;
  first: Int32Array;
  second: Int32Array;
  strides: Int32Array;
  entries: Float64Array;
}

/** How to turn the cells of a row into features, and the number of cells. */
export interface Cells {
  readFeatures: FeatureReader;
  width: number;
}

/** @returns empty tables; undefined if they would have more than `maxEntries` */
export function createTables(
  terms: readonly Term[],
  { sizes }: Coding,
  maxEntries: number,
): Tables | undefined {
  const starts = new Int32Array(terms.length);
  let next = 0;
  for (const [k, { first, second }] of terms.entries()) {
    starts[k] = next;
    next += sizes[first] * sizes[second];
  }
  if (next > maxEntries) return undefined;
  return {
    starts,
    first: Int32Array.from(terms, ({ first }) => first),
    second: Int32Array.from(terms, ({ second }) => second),
    strides: Int32Array.from(terms, ({ second }) => sizes[second]),
    entries: new Float64Array(next),
  };
}

/**
 * Returns a function that fills the tables of the term `from` and of the terms after it with the same columns, by the plain walk.
 * It returns the first term that is not filled yet.
 * @param given the columns given in addition to those of the term, by the bits of the coding
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
