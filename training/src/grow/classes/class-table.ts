import type { ColumnBins } from '../bins.ts';
import type { TrainingRows } from '../training-rows.ts';

/**
 * The training rows with a target of several classes, row-major, in memory that threads share. The class of a row is the byte after its
 * last bin, so that it moves with the bins.
 */
export interface ClassTable {
  /** [rows × stride] */
  bins: Uint8Array;
  /** Bytes per row, a multiple of 4. */
  stride: number;
  rows: number;
  /** At most 256. */
  classes: number;
  columns: ColumnBins[];
  /** Rows are drawn in proportion to them; [rows]. */
  weights?: Float64Array;
}

/** Copies the training rows from a table of columns. */
export function classTable({ table, target, rows, weights }: TrainingRows, classes: number): ClassTable {
  const width = table.columns.length;
  const stride = 4 * Math.ceil((width + 1) / 4);
  const bins = new Uint8Array(new SharedArrayBuffer(rows.length * stride));
  for (const [index, column] of table.columns.entries()) {
    for (let i = 0; i < rows.length; i++) bins[i * stride + index] = column.bins[rows[i]];
  }
  for (let i = 0; i < rows.length; i++) bins[i * stride + width] = target[rows[i]];
  const columns = table.columns.map(({ bins: _, ...column }) => column);
  return {
    bins,
    stride,
    rows: rows.length,
    classes,
    columns,
    ...(weights && { weights: Float64Array.from(rows, (row) => weights[row]) }),
  };
}
