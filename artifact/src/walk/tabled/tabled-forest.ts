import type { Forest } from '../../forest/forest.ts';
import type { Coding } from './coding.ts';
import { type Cells, createTables, type Tables, tableFiller } from './tables.ts';
import { tableTerms } from './terms.ts';

/** A forest reduced to tables, for rows with the same columns given: its sum is the sum of one entry per chosen table. */
export interface TabledForest {
  tables: Tables;
  /** The tables to add, in this order; only the first `count` are valid. */
  chosen: Int32Array;
  count: number;
}

/** Entries of all tables together: more would not fit into the cache and would take milliseconds to fill. */
const maxEntries = 1 << 14;

/**
 * @param given the given columns, by the bits of the coding
 * @returns undefined if a tree depends on more than two columns, or the tables become too large
 */
export function tabulate(
  forest: Forest,
  coding: Coding,
  cells: Cells,
  given: number,
): TabledForest | undefined {
  const terms = tableTerms(forest, coding, given);
  const tables = terms && createTables(terms, coding, maxEntries);
  if (!tables) return undefined;
  const fill = tableFiller(tables, forest, terms, coding, cells, given);
  for (let next = 0; next < terms.length; ) next = fill(next);
  return { tables, chosen: Int32Array.from(terms.keys()), count: terms.length };
}

/** The sum of the leaves of a row with these codes, in tree order. */
export function sumTables({ tables, chosen, count }: TabledForest, codes: Int32Array): number {
  const { starts, first, second, strides, entries } = tables;
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const table = chosen[k];
    sum += entries[starts[table] + strides[table] * codes[first[table]] + codes[second[table]]];
  }
  return sum;
}
