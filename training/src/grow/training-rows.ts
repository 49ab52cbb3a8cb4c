import type { BinnedTable } from './bins.ts';

/** The training rows, as indices: the folds of cross-validation share one table. */
export interface TrainingRows {
  table: BinnedTable;
  /** 0 or 1, any finite number, or with `classes` the number of the class; [table rows]. */
  target: ArrayLike<number>;
  /** Indices of the training rows. */
  rows: Int32Array;
  /** The number of classes of a target with several, 3 to 256. */
  classes?: number;
  /** Above 0; a row of weight 2 counts as two rows; [table rows]. All 1 if left out. */
  weights?: ArrayLike<number>;
}

/** @throws RangeError if there is no row, or a target or weight is unusable */
export function assertTrainable({ table, target, rows, weights }: TrainingRows): void {
  if (rows.length === 0) throw new RangeError('there are no training rows');
  for (const row of rows) {
    if (!(row >= 0 && row < table.rows))
      throw new RangeError(`row ${row} is outside the table of ${table.rows}`);
    if (!Number.isFinite(target[row])) throw new RangeError(`row ${row} has the target ${target[row]}`);
    if (weights && !(weights[row] > 0 && weights[row] < Infinity)) {
      throw new RangeError(`row ${row} has the weight ${weights[row]}; weights are above 0`);
    }
  }
}

/** Seed of one tree. Each tree has its own random stream, so that it does not matter which thread grows it. */
export const treeSeed = (seed: number, tree: number): number => (seed >>> 0) + 2 ** 32 * (tree + 1);
