import type { ColumnBins } from '../bins.ts';
import type { ForestOptions } from '../forest/grower.ts';
import { copiesInWeight } from '../sums/masked-rows.ts';
import type { TrainingRows } from '../training-rows.ts';

/** The training rows with a target of 0 and 1, row-major, in memory that threads share. */
export interface CountTable {
  /** [rows × stride] */
  bins: Uint8Array;
  /** Bytes per row, a multiple of 4. */
  stride: number;
  rows: number;
  /** The target; [rows]. */
  positive: Uint8Array;
  columns: ColumnBins[];
}

/** Maximum number of rows, including masked copies and the weight of whole rows, for which counts are exact and indices fit into 27 bits. */
const mostRows = 2 ** 26;

/** Maximum average number of draws per row; then no row is drawn more often than a byte can count. */
const mostDraws = 8;

/** Whether a forest can be grown from counts: a target of 0 and 1, equal weights, no monotone column. */
export function isCountable({ table, target, rows, weights }: TrainingRows, options: ForestOptions): boolean {
  return (
    weights === undefined &&
    options.sampleShare <= mostDraws &&
    rows.length * copiesInWeight(options.mask) <= mostRows &&
    table.columns.every(({ direction }) => direction === 0) &&
    rows.every((row) => target[row] === 0 || target[row] === 1)
  );
}

/** Copies the training rows from a table of columns. */
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
