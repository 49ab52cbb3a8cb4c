import type { Random } from '../../random.ts';
import type { MaskOptions } from '../sums/masked-rows.ts';
import type { CountTable } from './count-table.ts';

/** The bins of a table and of masked copies of its rows, a row's copies next to each other, the whole one first. */
export interface MaskedTable {
  /** [rows × copies × stride]; without copies those of the table. */
  bins: Uint8Array;
  /** Copies of each row with the whole one. */
  copies: number;
  /** Draws anew which columns are hidden in the copies of the rows that have been drawn. */
  redraw(draws: Uint8Array, random: Random): void;
}

export function maskTable(
  { bins: source, rows, stride, columns }: CountTable,
  mask?: MaskOptions,
): MaskedTable {
  const copies = 1 + (mask?.copies ?? 0);
  if (copies === 1) return { bins: source, copies, redraw: () => {} };
  const bins = new Uint8Array(rows * copies * stride);
  for (let row = 0; row < rows; row++) {
    bins.set(source.subarray(row * stride, (row + 1) * stride), row * copies * stride);
  }
  const order = new Int32Array(columns.length);
  return {
    bins,
    copies,
    redraw(draws, random) {
      for (let i = 0; i < order.length; i++) order[i] = i;
      for (let row = 0; row < rows; row++) {
        for (let copy = 1; copy < copies && draws[row] > 0; copy++) hide(row, row * copies + copy, random);
      }
    },
  };

  function hide(from: number, to: number, random: Random): void {
    const kept = random.below(order.length);
    for (let i = 0; i < order.length; i++) {
      const j = i + random.below(order.length - i);
      const drawn = order[j];
      order[j] = order[i];
      order[i] = drawn;
      bins[to * stride + drawn] = i < kept ? source[from * stride + drawn] : columns[drawn].size;
    }
  }
}
