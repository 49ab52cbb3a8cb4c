import { featureReader } from '../columns/cells.ts';
import type { Inputs } from '../columns/features.ts';
import type { Forest } from '../forest/forest.ts';
import type { PackedForest } from './packed/pack.ts';
import { createTabling } from './tabled/tabling.ts';
import { walkForest } from './walk-forest.ts';

/**
 * Sums the leaves of every forest for rows as cells.
 * @param cells [rows × columns], NaN where missing
 * @param sums written, one array for each forest; [rows]
 */
export type CellWalk = (cells: Float64Array, sums: readonly Float64Array[]) => void;

/** Rows per block: as many as fit into the second-level cache with a tree. */
const blockRows = 4096;

/** Sums from tables where they exist, else through the trees. Both equal the plain walk bit for bit. */
export function createCellWalk(
  manifest: Inputs,
  forests: readonly Forest[],
  packed: readonly (PackedForest | undefined)[],
  sets?: Uint8Array,
): CellWalk {
  const { features, columns } = manifest;
  const width = columns.length;
  const readFeatures = featureReader(features, columns, sets);
  const walks = forests.map((forest, k) => walkForest(forest, features.length, packed[k]));
  const sumTabled = createTabling(manifest, forests, packed, readFeatures);
  const rest = new Int32Array(blockRows);
  const one = new Float64Array(features.length);

  return (cells, sums) => {
    const rows = cells.length / width;
    for (let from = 0; from < rows; from += blockRows) {
      let count = 0;
      for (let row = from; row < Math.min(rows, from + blockRows); row++) {
        if (!sumTabled(cells, row, sums)) rest[count++] = row;
      }
      if (count === 1) sumOne(cells, sums);
      else if (count > 1) sumMany(cells, sums, count);
    }
  };

  function sumOne(cells: Float64Array, sums: readonly Float64Array[]): void {
    const [row] = rest;
    readFeatures(cells, row * width, one, 0);
    for (let k = 0; k < walks.length; k++) sums[k][row] = walks[k].sumLeaves(one);
  }

  function sumMany(cells: Float64Array, sums: readonly Float64Array[], count: number): void {
    const x = new Float64Array(count * features.length);
    for (let i = 0; i < count; i++) readFeatures(cells, rest[i] * width, x, i * features.length);
    const some = new Float64Array(count);
    for (let k = 0; k < walks.length; k++) {
      walks[k].sumBatch(x, some);
      for (let i = 0; i < count; i++) sums[k][rest[i]] = some[i];
    }
  }
}
