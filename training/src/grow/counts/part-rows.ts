import type { ColumnBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import type { CountSplit } from './count-split.ts';
import type { DrawnRows } from './drawn-rows.ts';

/**
 * Copies the rows that go left at a split to the front, in their order, and the others to the back, in the opposite one.
 * @param bins of the rows, a row's side by side
 * @returns where the rows that go right begin
 */
export function partRows(
  bins: Uint8Array,
  stride: number,
  { kind, size }: ColumnBins,
  { column, at, next, missing }: CountSplit,
  from: DrawnRows,
  to: DrawnRows,
  start: number,
  end: number,
): number {
  const missingLeft = missing === missingSide.left;
  const isNumeric = kind === 'numeric';
  const low = next === -1 ? size : isNumeric ? at + 1 : at;
  if (isNumeric && !missingLeft) return partAbove(bins, stride, column, low, from, to, start, end);
  const high = isNumeric ? size - 1 : low;
  const other = missing === missingSide.right ? size : none;
  return partRange(bins, stride, column, low, high, other, from, to, start, end);
}

/** No bin. */
const none = 256;

/** To the right go the bins from `low`. */
function partAbove(
  bins: Uint8Array,
  stride: number,
  column: number,
  low: number,
  from: DrawnRows,
  to: DrawnRows,
  start: number,
  end: number,
): number {
  let left = start;
  let right = end - 1;
  for (let i = start; i < end; i++) {
    const entry = from[i];
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
  bins: Uint8Array,
  stride: number,
  column: number,
  low: number,
  high: number,
  other: number,
  from: DrawnRows,
  to: DrawnRows,
  start: number,
  end: number,
): number {
  let left = start;
  let right = end - 1;
  for (let i = start; i < end; i++) {
    const entry = from[i];
    const bin = bins[(entry >>> 5) * stride + column];
    to[left] = entry;
    to[right] = entry;
    const isLeft = (((bin - low) | (high - bin)) & (0 - (bin ^ other))) >>> 31;
    left += isLeft;
    right -= 1 - isLeft;
  }
  return left;
}
