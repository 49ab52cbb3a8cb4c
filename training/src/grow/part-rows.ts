import type { ColumnBins } from './bins.ts';
import type { CountSplit } from './count-split.ts';
import type { DrawnRows } from './drawn-rows.ts';
import { missingSide } from './split.ts';

/**
 * Moves the rows that go left at a split in front of the others, both in their old order.
 * @param bins of the rows, a row's side by side
 * @param scratch as long as the entries
 * @returns where the rows that go right begin
 */
export function partRows(
  bins: Uint8Array,
  stride: number,
  { kind, size }: ColumnBins,
  { column, at, next, missing }: CountSplit,
  entries: DrawnRows,
  start: number,
  end: number,
  scratch: DrawnRows,
): number {
  const missingLeft = missing === missingSide.left;
  const isNumeric = kind === 'numeric';
  const low = next === -1 ? size : isNumeric ? at + 1 : at;
  if (isNumeric && !missingLeft) return partAbove(bins, stride, column, low, entries, start, end, scratch);
  const high = isNumeric ? size - 1 : low;
  const other = missing === missingSide.right ? size : none;
  return partRange(bins, stride, column, low, high, other, entries, start, end, scratch);
}

/** No bin. */
const none = 256;

/** To the right go the bins from `low`. */
function partAbove(
  bins: Uint8Array,
  stride: number,
  column: number,
  low: number,
  entries: DrawnRows,
  start: number,
  end: number,
  scratch: DrawnRows,
): number {
  let left = start;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    // Both writes, one counts: a sign bit instead of a branch that the processor would have to guess.
    entries[left] = entry;
    scratch[i - left] = entry;
    left += (bins[(entry >>> 5) * stride + column] - low) >>> 31;
  }
  for (let i = left; i < end; i++) entries[i] = scratch[i - left];
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
  entries: DrawnRows,
  start: number,
  end: number,
  scratch: DrawnRows,
): number {
  let left = start;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const bin = bins[(entry >>> 5) * stride + column];
    entries[left] = entry;
    scratch[i - left] = entry;
    left += (((bin - low) | (high - bin)) & -(bin ^ other)) >>> 31;
  }
  for (let i = left; i < end; i++) entries[i] = scratch[i - left];
  return left;
}
