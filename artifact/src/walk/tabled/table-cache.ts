import type { TabledForest } from './tabled-forest.ts';

/** Rows to walk before tables are built, because building takes as long as walking some hundred rows. */
export const rowsBeforeTables = 64;
/** Bounds on memory: entries of all cached tables, and sets of columns that are counted. */
const maxEntries = 1 << 16;
const maxCounted = 1 << 12;

/** The tables of each forest for rows with these columns given; undefined if there are none (yet). */
export type TabledSets = (given: number) => readonly TabledForest[] | undefined;

/** Builds tables for sets of given columns that are frequent, and caches them. */
export function cacheTables(make: (given: number) => TabledForest[] | undefined): TabledSets {
  const cached = new Map<number, TabledForest[] | undefined>();
  const counts = new Map<number, number>();
  let entries = 0;
  return (given) => {
    const known = cached.get(given);
    if (known || cached.has(given)) return known;
    const count = (counts.get(given) ?? 0) + 1;
    if (counts.size === maxCounted) counts.clear();
    counts.set(given, count);
    if (count < rowsBeforeTables) return undefined;
    const made = make(given);
    entries += made?.reduce((sum, each) => sum + each.tables.entries.length, 0) ?? 0;
    if (entries > maxEntries || cached.size === maxCounted) {
      cached.clear(); // sets that are still frequent are rebuilt
      entries = 0;
    }
    counts.delete(given);
    cached.set(given, made);
    return made;
  };
}
