import { drawInto, type Random } from '../../random.ts';
import { type BinnedColumn, type BinnedTable, togetherIn } from '../bins.ts';

/** Training for any subset of columns: copies of each row, with columns hidden at random, are added to the training rows. */
export interface MaskOptions {
  /**
   * Number of copies of each row with hidden columns, besides the whole row; they share its weight. The number of columns that a copy keeps
   * is uniform from 0 to all but one; which columns is uniform too. Those that are always given do not count.
   */
  copies: number;
  /** How many copies the whole row weighs as much as, a whole number: with more, answers to whole rows are better. 1 if left out. */
  rowWeight?: number;
}

/** The copies that a row and its copies weigh as much as. */
export const copiesInWeight = (mask?: MaskOptions): number => (mask?.copies ?? 0) + (mask?.rowWeight ?? 1);

/** Rows copied from a table. The copies of a row are adjacent; the whole row is first. */
export interface MaskedRows {
  /** [rows × (copies + 1)] */
  table: BinnedTable;
  /** Number of copies of each row, including the whole row. */
  copies: number;
  /** Draws which columns are hidden. */
  redraw(random: Random): void;
}

/** Copies rows, given as indices, from a table; without `mask`, each once. Nothing is hidden until `redraw`. */
export function maskRows(source: BinnedTable, rows: Int32Array, mask?: MaskOptions): MaskedRows {
  const copies = 1 + (mask?.copies ?? 0);
  const columns = source.columns.map((column) => gather(column, rows, copies));
  const together = togetherIn(columns).filter(([first]) => !columns[first].always);
  const order = Int32Array.from(together.keys());
  return { table: { columns, rows: rows.length * copies }, copies, redraw };

  function redraw(random: Random): void {
    for (let i = 0; i < rows.length; i++) {
      for (let copy = 1; copy < copies; copy++) hide(rows[i], i * copies + copy, random);
    }
  }

  function hide(from: number, to: number, random: Random): void {
    const kept = order.length > 0 ? random.below(order.length) : 0;
    for (let i = 0; i < order.length; i++) {
      for (const drawn of together[drawInto(order, i, order.length, random)])
        columns[drawn].bins[to] = i < kept ? source.columns[drawn].bins[from] : columns[drawn].size;
    }
  }
}

function gather(column: BinnedColumn, rows: Int32Array, copies: number): BinnedColumn {
  const bins = new Uint8Array(rows.length * copies);
  for (let i = 0; i < bins.length; i++) bins[i] = column.bins[rows[Math.floor(i / copies)]];
  return { ...column, bins };
}
