import type { Random } from '../../random.ts';
import type { BinnedColumn, BinnedTable } from '../bins.ts';

/** Training for any subset of columns: each row also stands among the training rows with columns hidden at random. */
export interface MaskOptions {
  /**
   * Copies of each row with hidden columns, beside the whole row; all of them share its weight equally. How many columns a copy
   * keeps is uniform from 0 to all but one; which ones, too.
   */
  copies: number;
}

/** Rows gathered from a table, copies of the same row next to each other, the whole one first. */
export interface MaskedRows {
  /** [rows × (copies + 1)] */
  table: BinnedTable;
  /** Copies of each row with the whole one. */
  copies: number;
  /** Draws anew which columns are hidden. */
  redraw(random: Random): void;
}

/** Copies the rows (indices into the table) out of a table; without `mask` each once. At first nothing is hidden. */
export function maskRows(source: BinnedTable, rows: Int32Array, mask?: MaskOptions): MaskedRows {
  const copies = 1 + (mask?.copies ?? 0);
  const columns = source.columns.map((column) => gather(column, rows, copies));
  const order = Int32Array.from(columns.keys());
  return { table: { columns, rows: rows.length * copies }, copies, redraw };

  function redraw(random: Random): void {
    for (let i = 0; i < rows.length; i++) {
      for (let copy = 1; copy < copies; copy++) hide(rows[i], i * copies + copy, random);
    }
  }

  function hide(from: number, to: number, random: Random): void {
    const kept = random.below(columns.length);
    for (let i = 0; i < columns.length; i++) {
      const j = i + random.below(columns.length - i);
      const drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
      columns[drawn].bins[to] = i < kept ? source.columns[drawn].bins[from] : columns[drawn].size;
    }
  }
}

function gather(column: BinnedColumn, rows: Int32Array, copies: number): BinnedColumn {
  const bins = new Uint8Array(rows.length * copies);
  for (let i = 0; i < bins.length; i++) bins[i] = column.bins[rows[Math.floor(i / copies)]];
  return { ...column, bins };
}
