import type { FeatureReader } from '../../columns/cells.ts';
import type { Inputs } from '../../columns/features.ts';
import type { Forest } from '../../forest/forest.ts';
import type { PackedForest } from '../packed/pack.ts';
import { type Coding, createCoding } from './coding.ts';
import { type Fold, foldForest, sumFold } from './fold.ts';
import { type Folds, keepFolds, patience } from './folds.ts';
import { type SharedFold, shareFold } from './shared-fold.ts';
import type { Cells } from './tables.ts';

/** Forests with more nodes are not looked through while somebody waits for an answer. */
const mostNodes = 1 << 15;

/**
 * Adds up the leaves of every forest for one of the rows as cells, by folds.
 * @returns false while or where there are none, with nothing written
 */
export type SumFolded = (cells: Float64Array, row: number, sums: readonly Float64Array[]) => boolean;

/** Folds forests after some rows, a step with each further row: none waits for all of them. */
export function createFolding(
  { features, columns }: Inputs,
  forests: readonly Forest[],
  packed: readonly (PackedForest | undefined)[],
  readFeatures: FeatureReader,
): SumFolded {
  const width = columns.length;
  const steps = prepare();
  let rows = 0;
  let prepared: { coding: Coding; folds: Folds } | undefined;
  let codes = new Int32Array(0);

  return (cells, row, sums) => {
    if (!prepared) {
      if (++rows < patience) return false;
      prepared = steps.next().value;
      if (prepared) codes = new Int32Array(prepared.coding.none + 1);
      return false;
    }
    const given = prepared.coding.write(cells, row * width, codes);
    const folds = given < 0 ? undefined : prepared.folds(given);
    if (!folds) return false;
    for (let k = 0; k < folds.length; k++) sums[k][row] = sumFold(folds[k], codes);
    return true;
  };

  function* prepare(): Generator<undefined, typeof prepared> {
    const thresholds = packed.flatMap((each) => each?.thresholds ?? []);
    const nodes = forests.reduce((sum, { feature }) => sum + feature.length, 0);
    if (nodes > mostNodes || thresholds.length < forests.length) return undefined;
    const coding = createCoding(features, columns, thresholds);
    if (!coding) return undefined;
    yield;
    const cells = { readFeatures, width };
    const folds = (yield* shareFolds(forests, coding, cells)) ?? foldOften(forests, coding, cells);
    return { coding, folds };
  }
}

/** @returns undefined where a forest cannot be folded for whatever columns */
function* shareFolds(
  forests: readonly Forest[],
  coding: Coding,
  cells: Cells,
): Generator<undefined, Folds | undefined> {
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

/** Folds for the columns that come often. */
const foldOften = (forests: readonly Forest[], coding: Coding, cells: Cells): Folds =>
  keepFolds((given) => {
    const made = forests.map((forest) => foldForest(forest, coding, cells, given));
    return made.every((each) => each !== undefined) ? made : undefined;
  });
