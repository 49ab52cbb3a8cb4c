import { createRandom, drawInto } from '../../random.ts';
import { type BinnedTable, type ColumnBins, togetherIn } from '../bins.ts';
import { treeSeed } from '../training-rows.ts';
import { binInCode, type JointColumns, joinColumns } from './joint-columns.ts';

/** Copies of rows with columns hidden at random, so that trees answer rows with only some columns. */
export interface MaskedCopies {
  /** Copies of each row; with 0.5, of every other row. */
  copies: number;
  /** The share of the weight of all rows that the copies have. */
  share: number;
  /** They are drawn from so many copies of each row, mostly hard ones (`hard-copies.ts`); if left out, all alike. */
  from?: number;
}

/** The bins of training rows and of their masked copies, row after row, in memory that threads can share. */
export interface RowMatrix {
  rows: number;
  /** The first so many rows are no copies. */
  whole: number;
  columns: ColumnBins[];
  /** Where in a row the bin of a column is. */
  joint: JointColumns;
  /** Bytes of a row: a multiple of four. */
  stride: number;
  /** [rows × stride] */
  bytes: Uint8Array;
  /** The same memory, four bytes at once. */
  words: Int32Array;
  /** The row of the table that each is a copy of; [rows]. */
  source: Int32Array;
  /** How much of the weight of that row each has; [rows]. */
  share: Float64Array;
}

/** Bins of what fills the last word of a row up. */
export const fillers = 16;

/**
 * Gathers rows of a table, whole, and after them masked copies. The number of columns that a copy keeps is uniform from 0 to all but one;
 * which columns is uniform too. Columns that are always given are not hidden.
 */
export function rowMatrix(table: BinnedTable, rows: Int32Array, mask?: MaskedCopies, seed = 0): RowMatrix {
  const { columns } = table;
  const together = togetherIn(columns).filter(([first]) => !columns[first].always);
  const copies = mask && together.length > 0 ? Math.round(mask.copies * rows.length) : 0;
  const count = rows.length + copies;
  const joint = joinColumns(columns, count);
  const stride = 4 * Math.ceil(joint.count / 4);
  const bytes = new Uint8Array(new SharedArrayBuffer(count * stride));
  const source = new Int32Array(count);
  source.set(rows);
  for (let i = 0; i < copies; i++) source[rows.length + i] = rows[Math.floor((i * rows.length) / copies)];
  for (const [c, { bins }] of columns.entries()) {
    const { [c]: byte } = joint.byte;
    const { [c]: factor } = joint.factor;
    for (let i = 0; i < count; i++) bytes[i * stride + byte] += factor * bins[source[i]];
  }
  // what fills the last word up is counted too: into different cells, so that no addition waits for another
  for (let byte = joint.count; byte < stride; byte++) {
    for (let i = 0; i < count; i++) bytes[i * stride + byte] = i % fillers;
  }
  const share = new Float64Array(count).fill(1);
  if (mask && copies > 0) {
    share.fill(1 - mask.share, 0, rows.length);
    share.fill(mask.share / mask.copies, rows.length);
  }
  const order = Int32Array.from(together.keys());
  const random = createRandom(treeSeed(seed, -1));
  for (let i = rows.length; i < count; i++) {
    const kept = random.below(order.length);
    for (let k = 0; k < order.length; k++) {
      const hidden = together[drawInto(order, k, order.length, random)];
      if (k >= kept) for (const c of hidden) hide(i, c);
    }
  }
  function hide(i: number, c: number): void {
    const { size, bins } = columns[c];
    bytes[i * stride + joint.byte[c]] += joint.factor[c] * (size - bins[source[i]]);
  }
  return {
    rows: count,
    whole: rows.length,
    columns,
    joint,
    stride,
    bytes,
    words: new Int32Array(bytes.buffer),
    source,
    share,
  };
}

/** Some rows of a matrix, first all whole ones. @param share how much of the weight of its row of the table each of them has */
export function keepInMatrix(matrix: RowMatrix, kept: Int32Array, share: Float64Array): RowMatrix {
  const { stride, words, source } = matrix;
  const bytes = new Uint8Array(new SharedArrayBuffer(kept.length * stride));
  const some = new Int32Array(bytes.buffer);
  const perRow = stride / 4;
  for (const [i, row] of kept.entries())
    for (let word = 0; word < perRow; word++) some[i * perRow + word] = words[row * perRow + word];
  return {
    ...matrix,
    rows: kept.length,
    bytes,
    words: some,
    source: Int32Array.from(kept, (row) => source[row]),
    share,
  };
}

/** Whether a row has no value in a column, or its copy hides it. */
export const isMissing = (
  { columns, joint, stride, bytes }: RowMatrix,
  row: number,
  column: number,
): boolean =>
  binInCode(joint, columns, column, bytes[row * stride + joint.byte[column]]) === columns[column].size;
