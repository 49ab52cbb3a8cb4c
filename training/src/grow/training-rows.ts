import type { BinnedTable } from './bins.ts';

/** The rows to learn from, none of them copied: cross-validation passes other `rows` of the same table. */
export interface TrainingRows {
  table: BinnedTable;
  /** 0 or 1, or any finite number; [table rows]. */
  target: ArrayLike<number>;
  /** Indices of the rows to learn from. */
  rows: Int32Array;
  /** Above 0; a row of weight 2 counts as two rows; [table rows], all 1 when not given. */
  weights?: ArrayLike<number>;
}

/** @throws RangeError when there is no row, or a row's target or weight cannot be learned from */
export function assertTrainable({ table, target, rows, weights }: TrainingRows): void {
  if (rows.length === 0) throw new RangeError('there are no rows to learn from');
  for (const row of rows) {
    if (!(row >= 0 && row < table.rows))
      throw new RangeError(`row ${row} is outside the table of ${table.rows}`);
    if (!Number.isFinite(target[row])) throw new RangeError(`row ${row} has the target ${target[row]}`);
    if (weights && !(weights[row] > 0 && weights[row] < Infinity)) {
      throw new RangeError(`row ${row} has the weight ${weights[row]}; weights are above 0`);
    }
  }
}

/** Random stream of one tree: trees do not depend on each other, whichever thread grows them. */
export const treeSeed = (seed: number, tree: number): number => (seed >>> 0) + 2 ** 32 * (tree + 1);
