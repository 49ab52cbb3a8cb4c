import type { ColumnBins } from '../bins.ts';
import type { ForestOptions } from '../forest/forest-options.ts';
import type { TrainingRows } from '../training-rows.ts';

/** The training rows of a target of 0 and 1, row by row, in memory that threads share. */
export interface CountTable {
  /** The bins of a row stand side by side; [rows × stride]. */
  bins: Uint8Array;
  /** Bytes of a row, a multiple of 4. */
  stride: number;
  rows: number;
  /** 1 where the target is 1; [rows]. */
  positive: Uint8Array;
  columns: ColumnBins[];
}

/** Most rows, with their masked copies, of which counts are exact and indices fit into a drawn row. */
const mostRows = 2 ** 26;

/** Most times that a row is drawn on average: none is then drawn more often than a byte can hold. */
const mostDraws = 8;

/** Whether a forest can be grown by counting: a target of 0 and 1, rows of one weight, no column that is monotone. */
export function isCountable({ table, target, rows, weights }: TrainingRows, options: ForestOptions): boolean {
  return (
    weights === undefined &&
    options.sampleShare <= mostDraws &&
    rows.length * (1 + (options.mask?.copies ?? 0)) <= mostRows &&
    table.columns.every(({ direction }) => direction === 0) &&
    rows.every((row) => target[row] === 0 || target[row] === 1)
  );
}

/** Gathers the training rows out of a table of columns. */
export function countTable({ table, target, rows }: TrainingRows): CountTable {
  const stride = 4 * Math.ceil(table.columns.length / 4);
  const bins = new Uint8Array(new SharedArrayBuffer(rows.length * stride));
  const positive = new Uint8Array(new SharedArrayBuffer(rows.length));
  for (let i = 0; i < rows.length; i++) positive[i] = target[rows[i]];
  for (const [index, column] of table.columns.entries()) {
    for (let i = 0; i < rows.length; i++) bins[i * stride + index] = column.bins[rows[i]];
  }
  const columns = table.columns.map(({ bins: _, ...column }) => column);
  return { bins, stride, rows: rows.length, positive, columns };
}
