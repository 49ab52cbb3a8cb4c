import type { FeatureReader } from '../cells.ts';
import { type Forest, sumLeaves } from '../forest.ts';
import type { Coding } from './coding.ts';
import { foldTerms, type Term } from './terms.ts';

/** What is left of a forest for rows that are given the same columns: the sum of one entry of each table. */
export interface Fold {
  /** The entry to add is `starts + strides · code of first + code of second`; [tables]. */
  starts: Int32Array;
  first: Int32Array;
  second: Int32Array;
  strides: Int32Array;
  entries: Float64Array;
}

/** Most entries of all tables: more would not stay in the cache, and take milliseconds to fill. */
const mostEntries = 1 << 14;

/**
 * @param readFeatures how cells become features
 * @param width number of cells of a row
 * @param given the columns that are given, by the bits of the coding
 * @returns undefined where a tree depends on more than two columns, or the tables become too large
 */
export function foldForest(
  forest: Forest,
  coding: Coding,
  readFeatures: FeatureReader,
  width: number,
  given: number,
): Fold | undefined {
  const terms = foldTerms(forest, coding, given);
  if (!terms) return undefined;
  const { sizes } = coding;
  const starts = new Int32Array(terms.length + 1);
  for (const [k, { first, second }] of terms.entries())
    starts[k + 1] = starts[k] + sizes[first] * sizes[second];
  if (starts[terms.length] > mostEntries) return undefined;
  return {
    starts,
    first: Int32Array.from(terms, ({ first }) => first),
    second: Int32Array.from(terms, ({ second }) => second),
    strides: Int32Array.from(terms, ({ second }) => sizes[second]),
    entries: Float64Array.from(fillTables(forest, terms, coding, readFeatures, width, given)),
  };
}

/** The plain sums of the trees of each term, for each code of its columns. */
function* fillTables(
  forest: Forest,
  terms: readonly Term[],
  { sizes, places, usedOf, cellOf }: Coding,
  readFeatures: FeatureReader,
  width: number,
  given: number,
): Generator<number> {
  const cells = new Float64Array(width).fill(Number.NaN);
  const x = new Float64Array(usedOf.length);
  const set = (i: number, code: number): void => {
    if ((given >> i) & 1) cells[places[i]] = cellOf(i, code);
  };
  for (let i = 0; i < places.length; i++) set(i, 0);
  for (const { from, to, first, second } of terms) {
    const trees = { ...forest, roots: forest.roots.subarray(from, to) };
    for (let code = 0; code < sizes[first]; code++) {
      set(first, code);
      for (let other = 0; other < sizes[second]; other++) {
        set(second, other);
        readFeatures(cells, 0, x, 0);
        yield sumLeaves(trees, x);
      }
    }
    set(first, 0);
    set(second, 0);
  }
}

/** The sum of the leaves of a row with these codes, in tree order. */
export function sumFold(fold: Fold, codes: Int32Array): number {
  const { starts, first, second, strides, entries } = fold;
  let sum = 0;
  for (let k = 0; k < first.length; k++) {
    sum += entries[starts[k] + strides[k] * codes[first[k]] + codes[second[k]]];
  }
  return sum;
}
