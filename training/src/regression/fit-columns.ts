import { createRidgeFit, type RegressionTask } from './penalised.ts';
import type { ScaledPlace, SparseRows } from './sparse-rows.ts';

type Vector = ArrayLike<number>;

/** Rows of columns, [columns][rows]; zeros are left out. */
export function rowsOfColumns(columns: readonly Vector[], rows: number): SparseRows {
  const start = [0];
  const [index, value]: number[][] = [[], []];
  for (let row = 0; row < rows; row++) {
    for (const [j, number] of [1, ...columns.map((column) => column[row])].entries()) {
      if (number === 0) continue;
      index.push(j);
      value.push(number);
    }
    start.push(index.length);
  }
  return {
    width: 1 + columns.length,
    start: Int32Array.from(start),
    index: Int32Array.from(index),
    value: Float64Array.from(value),
  };
}

/**
 * A ridge regression on columns as they are (`createRidgeFit`).
 * @param columns [columns][rows], on comparable scales when `ridge` is above 0
 * @param target [rows]; 0 or 1 for the logistic loss
 * @param weights a row of weight 2 counts as two rows; [rows]. All 1 if left out.
 * @returns intercept, then a coefficient per column
 */
export function fitColumns(
  loss: RegressionTask['loss'],
  columns: readonly Vector[],
  target: Vector,
  ridge: number,
  weights?: Vector,
): Float64Array {
  const x = rowsOfColumns(columns, target.length);
  const scales = columns.map((_, j): ScaledPlace => ({ at: j + 1, given: 0, mean: 0, sd: 1 }));
  const rows = Int32Array.from({ length: target.length }, (_, row) => row);
  return createRidgeFit({ x, scales, rows, target, weights, loss })(ridge);
}
