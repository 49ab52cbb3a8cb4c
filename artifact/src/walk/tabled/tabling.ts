import type { FeatureReader } from '../../columns/cells.ts';
import type { Inputs } from '../../columns/features.ts';
import type { Forest } from '../../forest/forest.ts';
import type { PackedForest } from '../packed/pack.ts';
import { type Coding, createCoding } from './coding.ts';
import { keepTables, patience, type TabledSets } from './kept-tables.ts';
import { type SharedTables, shareTables } from './shared-tables.ts';
import { sumTables, type TabledForest, tabulate } from './tabled-forest.ts';
import type { Cells } from './tables.ts';

/** Forests with more nodes are not looked through while somebody waits for an answer. */
const mostNodes = 1 << 15;

/**
 * Adds up the leaves of every forest for one of the rows as cells, by tables.
 * @returns false while or where there are none, with nothing written
 */
export type SumTabled = (cells: Float64Array, row: number, sums: readonly Float64Array[]) => boolean;

/** Tabulates forests after some rows, a step with each further row: none waits for all of them. */
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
      if (++rows < patience) return false;
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
    const thresholds = packed.flatMap((each) => each?.thresholds ?? []);
    const nodes = forests.reduce((sum, { feature }) => sum + feature.length, 0);
    if (nodes > mostNodes || thresholds.length < forests.length) return undefined;
    const coding = createCoding(features, columns, thresholds);
    if (!coding) return undefined;
    yield;
    const cells = { readFeatures, width };
    const tabled = (yield* shareAll(forests, coding, cells)) ?? tabulateOften(forests, coding, cells);
    return { coding, tabled };
  }
}

/** @returns undefined where a forest cannot be tabulated for whatever columns */
function* shareAll(
  forests: readonly Forest[],
  coding: Coding,
  cells: Cells,
): Generator<undefined, TabledSets | undefined> {
  // on one column trees add up to one table, which is smaller
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

/** Tables for the columns that come often. */
const tabulateOften = (forests: readonly Forest[], coding: Coding, cells: Cells): TabledSets =>
  keepTables((given) => {
    const made = forests.map((forest) => tabulate(forest, coding, cells, given));
    return made.every((each) => each !== undefined) ? made : undefined;
  });
