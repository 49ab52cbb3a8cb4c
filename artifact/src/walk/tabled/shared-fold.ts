import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import type { Fold } from './fold.ts';
import { createMatching } from './matching.ts';
import { type SharedTerm, sharedTerms } from './shared-terms.ts';
import { type Cells, createTables, tableFiller } from './tables.ts';

/** Bound the memory, to half a megabyte. */
const mostTerms = 1 << 12;
const mostEntries = 1 << 15;

/** Gives the same object each time, which holds until it is asked for other columns. */
export type SharedFold = (given: number) => Fold;

/**
 * Folds a forest once for rows that are given whatever columns, in steps of which none takes long.
 * @returns undefined where a tree cannot be taken apart so, or the tables become too large
 */
export function* shareFold(
  forest: Forest,
  coding: Coding,
  cells: Cells,
): Generator<undefined, SharedFold | undefined> {
  const { roots, feature } = forest;
  const terms: SharedTerm[] = [];
  for (let tree = 0; tree < roots.length; tree++) {
    const found = sharedTerms(forest, roots[tree], roots[tree + 1] ?? feature.length, coding);
    if (!found || terms.length + found.length > mostTerms) return undefined;
    terms.push(...found);
    yield;
  }
  const tables = createTables(terms, coding, mostEntries);
  if (!tables) return undefined;
  const fill = tableFiller(tables, forest, terms, coding, cells, 0);
  for (let next = 0; next < terms.length; ) {
    next = fill(next);
    yield;
  }
  const match = createMatching(terms, coding.places.length);
  const fold: Fold = { tables, chosen: new Int32Array(roots.length), count: 0 };
  let last = -1;
  return (given) => {
    if (given !== last) fold.count = match(given, fold.chosen);
    last = given;
    return fold;
  };
}
