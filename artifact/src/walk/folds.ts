import type { Forest } from '../forest.ts';
import type { Coding } from './coding.ts';
import { type Fold, foldForest } from './fold.ts';
import { type SharedFold, shareFold } from './shared-fold.ts';
import type { Cells } from './tables.ts';

/** Rows that are walked before a fold is worth while, which takes as long as to walk some hundred rows. */
const patience = 64;
/** Bounds the memory: entries of all folds that are kept, and sets of columns that are counted. */
const mostEntries = 1 << 16;
const mostCounted = 1 << 12;

/** The folds of each forest for rows that are given the same columns, undefined while or where there are none. */
export type Folds = (given: number) => readonly Fold[] | undefined;

/** Folds each forest once where that is possible, else for the columns that come often. */
export function createFolds(forests: readonly Forest[], coding: Coding, cells: Cells): Folds {
  const sharing = shareFolds(forests, coding, cells);
  let rows = 0;
  let folds: Folds | undefined;
  const foldAll = (given: number): Fold[] | undefined => {
    const made = forests.map((forest) => foldForest(forest, coding, cells, given));
    return made.every((each) => each !== undefined) ? made : undefined;
  };
  return (given) => {
    if (folds) return folds(given);
    if (++rows < patience) return undefined;
    const { done, value: shared } = sharing.next(); // a step with each row: none waits for all of them
    if (done) folds = shared ?? keepFolds(foldAll);
    return undefined;
  };
}

function* shareFolds(
  forests: readonly Forest[],
  coding: Coding,
  cells: Cells,
): Generator<void, Folds | undefined> {
  // on one column trees add up to one table, which is smaller
  if (coding.places.length < 2) return undefined;
  const shared: SharedFold[] = [];
  for (const forest of forests) {
    const fold = yield* shareFold(forest, coding, cells);
    if (!fold) return undefined;
    shared.push(fold);
  }
  const folds: Fold[] = [];
  return (given) => {
    for (let k = 0; k < shared.length; k++) folds[k] = shared[k](given);
    return folds;
  };
}

/** Makes folds for the columns that come often, and keeps them. */
export function keepFolds(fold: (given: number) => Fold[] | undefined): Folds {
  const kept = new Map<number, Fold[] | undefined>();
  const counts = new Map<number, number>();
  let entries = 0;
  return (given) => {
    const known = kept.get(given);
    if (known || kept.has(given)) return known;
    const count = (counts.get(given) ?? 0) + 1;
    if (counts.size === mostCounted) counts.clear();
    counts.set(given, count);
    if (count < patience) return undefined;
    const made = fold(given);
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
