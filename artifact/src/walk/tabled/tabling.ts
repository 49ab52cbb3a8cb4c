import type { FeatureReader } from '../../columns/cells.ts';
import { isOnScale } from '../../columns/derive.ts';
import type { Inputs } from '../../columns/features.ts';
import type { Forest } from '../../forest/forest.ts';
import type { PackedForest } from '../packed/pack.ts';
import { type Coding, createCoding } from './coding.ts';
import { type SharedTables, shareTables } from './shared-tables.ts';
import { cacheTables, rowsBeforeTables, type TabledSets } from './table-cache.ts';
import { sumTables, type TabledForest, tabulate } from './tabled-forest.ts';
import type { Cells } from './tables.ts';

/** Larger forests are not analysed, because a client waits meanwhile. */
const maxNodes = 1 << 15;

/**
 * Sums the leaves of every forest for one row of the cells, from tables.
 * @returns false if there are no tables (yet); nothing is written then
 */
export type SumTabled = (cells: Float64Array, row: number, sums: readonly Float64Array[]) => boolean;

/** Builds the tables after the first rows, one step per row, so that no request waits for all of them. */
export function createTabling(
  { features, columns }: Inputs,
  forests: readonly Forest[],
  packed: readonly (PackedForest | undefined)[],
  readFeatures: FeatureReader,
): SumTabled {
  const width = columns.length;
  const steps = prepare();
  let rows = 0;
  let prepared: { coding: Coding; tabled: TabledSets } | undefined;
  let codes = new Int32Array(0);

  return (cells, row, sums) => {
    if (!prepared) {
      if (++rows < rowsBeforeTables) return false;
      prepared = steps.next().value;
      if (prepared) codes = new Int32Array(prepared.coding.none + 1);
      return false;
    }
    const given = prepared.coding.write(cells, row * width, codes);
    const tabled = given < 0 ? undefined : prepared.tabled(given);
    if (!tabled) return false;
    for (let k = 0; k < tabled.length; k++) sums[k][row] = sumTables(tabled[k], codes);
    return true;
  };

  function* prepare(): Generator<undefined, typeof prepared> {
    if (!features.every(isOnScale)) return undefined;
    const thresholds = packed.flatMap((each) => each?.thresholds ?? []);
    const nodes = forests.reduce((sum, { feature }) => sum + feature.length, 0);
    if (nodes > maxNodes || thresholds.length < forests.length) return undefined;
    const coding = createCoding(features, columns, thresholds);
    if (!coding) return undefined;
    yield;
    const cells = { readFeatures, width };
    const tabled = (yield* shareAll(forests, coding, cells)) ?? tabulateFrequent(forests, coding, cells);
    return { coding, tabled };
  }
}

/** @returns undefined if a forest has no shared tables */
function* shareAll(
  forests: readonly Forest[],
  coding: Coding,
  cells: Cells,
): Generator<undefined, TabledSets | undefined> {
  // trees on a single column add up to one table, which is smaller
  if (coding.places.length < 2) return undefined;
  const shared: SharedTables[] = [];
  for (const forest of forests) {
    const tabled = yield* shareTables(forest, coding, cells);
    if (!tabled) return undefined;
    shared.push(tabled);
  }
  const tabled: TabledForest[] = [];
  return (given) => {
    for (let k = 0; k < shared.length; k++) tabled[k] = shared[k](given);
    return tabled;
  };
}

/** Tables for frequent sets of given columns. */
const tabulateFrequent = (forests: readonly Forest[], coding: Coding, cells: Cells): TabledSets =>
  cacheTables((given) => {
    const made = forests.map((forest) => tabulate(forest, coding, cells, given));
    return made.every((each) => each !== undefined) ? made : undefined;
  });
