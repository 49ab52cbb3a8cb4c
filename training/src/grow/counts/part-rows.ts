import type { ColumnBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import type { CountedRows } from './count-rows.ts';
import type { CountSplit } from './count-split.ts';
import type { DrawnRows } from './drawn-rows.ts';

/**
 * Copies the rows that go left at a split to the front, in their order, and the others to the back, in the opposite one.
 * @returns where the rows that go right begin
 */
export function partRows(
  rows: CountedRows,
  { kind, size }: ColumnBins,
  { column, at, next, missing }: CountSplit,
  to: DrawnRows,
): number {
  const missingLeft = missing === missingSide.left;
  const isNumeric = kind === 'numeric';
  const low = next === -1 ? size : isNumeric ? at + 1 : at;
  if (isNumeric && !missingLeft) return partAbove(rows, column, low, to);
  const high = isNumeric ? size - 1 : low;
  const other = missing === missingSide.right ? size : none;
  return partRange(rows, column, low, high, other, to);
}

/** No bin. */
const none = 256;

/** To the right go the bins from `low`. */
function partAbove(
  { bins, stride, entries, start, end }: CountedRows,
  column: number,
  low: number,
  to: DrawnRows,
): number {
  let left = start;
  let right = end - 1;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    // Both writes, one counts: a sign bit instead of a branch that the processor would have to guess.
    to[left] = entry;
    to[right] = entry;
    const isLeft = (bins[(entry >>> 5) * stride + column] - low) >>> 31;
    left += isLeft;
    right -= 1 - isLeft;
  }
  return left;
}

/** To the right go the bins from `low` to `high`, and the bin `other`. */
function partRange(
  { bins, stride, entries, start, end }: CountedRows,
  column: number,
  low: number,
  high: number,
  other: number,
  to: DrawnRows,
): number {
  let left = start;
  let right = end - 1;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const bin = bins[(entry >>> 5) * stride + column];
    to[left] = entry;
    to[right] = entry;
    const isLeft = (((bin - low) | (high - bin)) & (0 - (bin ^ other))) >>> 31;
    left += isLeft;
    right -= 1 - isLeft;
  }
  return left;
}
