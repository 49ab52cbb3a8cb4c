import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import { createMatching } from './matching.ts';
import { type SharedTerm, sharedTerms } from './shared-terms.ts';
import type { TabledForest } from './tabled-forest.ts';
import { type Cells, createTables, tableFiller } from './tables.ts';

/** Bounds on memory: half a megabyte. */
const maxTerms = 1 << 12;
const maxEntries = 1 << 15;

/** Returns the same object each time; it is valid until the next call with other columns. */
export type SharedTables = (given: number) => TabledForest;

/**
 * Builds the tables of a forest once for all sets of given columns, in short steps.
 * @returns undefined if a tree cannot be split into terms this way, or the tables become too large
 */
export function* shareTables(
  forest: Forest,
  coding: Coding,
  cells: Cells,
): Generator<undefined, SharedTables | undefined> {
  const { roots, feature } = forest;
  const terms: SharedTerm[] = [];
  for (let tree = 0; tree < roots.length; tree++) {
    const found = sharedTerms(forest, roots[tree], roots[tree + 1] ?? feature.length, coding);
    if (!found || terms.length + found.length > maxTerms) return undefined;
    terms.push(...found);
    yield;
  }
  const tables = createTables(terms, coding, maxEntries);
  if (!tables) return undefined;
  const fill = tableFiller(tables, forest, terms, coding, cells, 0);
  for (let next = 0; next < terms.length; ) {
    next = fill(next);
    yield;
  }
  const match = createMatching(terms, coding.places.length);
  const tabled: TabledForest = { tables, chosen: new Int32Array(roots.length), count: 0 };
  let last = -1;
  return (given) => {
    if (given !== last) tabled.count = match(given, tabled.chosen);
    last = given;
    return tabled;
  };
}
