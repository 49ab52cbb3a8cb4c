import type { TabledForest } from './tabled-forest.ts';

/** Rows that are walked before a table is worth while, which takes as long as to walk some hundred rows. */
export const patience = 64;
/** Bounds the memory: entries of all tables that are kept, and sets of columns that are counted. */
const mostEntries = 1 << 16;
const mostCounted = 1 << 12;

/** The tables of each forest for rows that are given the same columns, undefined while or where there are none. */
export type TabledSets = (given: number) => readonly TabledForest[] | undefined;

/** Makes tables for the columns that come often, and keeps them. */
export function keepTables(make: (given: number) => TabledForest[] | undefined): TabledSets {
  const kept = new Map<number, TabledForest[] | undefined>();
  const counts = new Map<number, number>();
  let entries = 0;
  return (given) => {
    const known = kept.get(given);
    if (known || kept.has(given)) return known;
    const count = (counts.get(given) ?? 0) + 1;
    if (counts.size === mostCounted) counts.clear();
    counts.set(given, count);
    if (count < patience) return undefined;
    const made = make(given);
    entries += made?.reduce((sum, each) => sum + each.tables.entries.length, 0) ?? 0;
    if (entries > mostEntries || kept.size === mostCounted) {
      kept.clear(); // whatever is still asked for comes back
      entries = 0;
    }
    counts.delete(given);
    kept.set(given, made);
    return made;
  };
}
