import type { ColumnBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import type { CountedRows } from './count-rows.ts';
import type { CountSplit } from './count-split.ts';
import type { DrawnRows } from './drawn-rows.ts';

/**
 * Copies the rows that go left at a split to the front, in their order, and the others to the back, in reverse order.
 * @returns index of the first row that goes right
 */
export function partitionRows(
  rows: CountedRows,
  { kind, size }: ColumnBins,
  { column, at, next, missing }: Pick<CountSplit, 'column' | 'at' | 'next' | 'missing'>,
  to: DrawnRows,
): number {
  const missingLeft = missing === missingSide.left;
  const isNumeric = kind === 'numeric';
  const low = next === -1 ? size : isNumeric ? at + 1 : at;
  if (isNumeric && !missingLeft) return partitionAbove(rows, column, low, to);
  const high = isNumeric ? size - 1 : low;
  const other = missing === missingSide.right ? size : none;
  return partitionRange(rows, column, low, high, other, to);
}

/** Not a bin. */
const none = 256;

/** The bins from `low` on go right. */
function partitionAbove(
  { bins, stride, entries, start, end }: CountedRows,
  column: number,
  low: number,
  to: DrawnRows,
): number {
  let left = start;
  let right = end - 1;
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    // Write to both sides and advance only one, by a sign bit: there is no branch to mispredict.
    to[left] = entry;
    to[right] = entry;
    const isLeft = (bins[(entry >>> 5) * stride + column] - low) >>> 31;
    left += isLeft;
    right -= 1 - isLeft;
  }
  return left;
}

/** The bins from `low` to `high`, and the bin `other`, go right. */
function partitionRange(
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
