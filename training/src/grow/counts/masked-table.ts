import { drawInto, type Random } from '../../random.ts';
import { togetherIn } from '../bins.ts';
import type { MaskOptions } from '../sums/masked-rows.ts';
import type { CountTable } from './count-table.ts';

/** The bins of the rows and their masked copies. The copies of a row are adjacent; the whole row is first. */
export interface MaskedTable {
  /** [rows × copies × stride]; without masked copies, the bins of the table itself. */
  bins: Uint8Array;
  /** Number of copies of each row, including the whole row. */
  copies: number;
  /** Draws which columns are hidden in the copies of the drawn rows. */
  redraw(draws: Uint8Array | Int32Array, random: Random): void;
}

export function maskTable(
  { bins: source, rows, stride, columns }: Pick<CountTable, 'bins' | 'rows' | 'stride' | 'columns'>,
  mask?: MaskOptions,
): MaskedTable {
  const copies = 1 + (mask?.copies ?? 0);
  if (copies === 1) return { bins: source, copies, redraw: () => {} };
  const bins = new Uint8Array(rows * copies * stride);
  for (let copy = 0; copy < rows * copies; copy++) {
    const row = Math.floor(copy / copies);
    bins.set(source.subarray(row * stride, (row + 1) * stride), copy * stride);
  }
  const together = togetherIn(columns).filter(([first]) => !columns[first].always);
  const order = new Int32Array(together.length);
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
    const kept = order.length > 0 ? random.below(order.length) : 0;
    for (let i = 0; i < order.length; i++) {
      for (const drawn of together[drawInto(order, i, order.length, random)])
        bins[to * stride + drawn] = i < kept ? source[from * stride + drawn] : columns[drawn].size;
    }
  }
}
