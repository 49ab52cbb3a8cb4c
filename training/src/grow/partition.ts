import type { BinnedColumn, ColumnBins } from './bins.ts';

/** Whether a row goes left at a split of `column`: up to bin `at` of a numeric one, in another category than `at` of a category. */
export function goesLeft(column: ColumnBins, at: number, missingLeft: boolean, bin: number): boolean {
  if (bin === column.size) return missingLeft;
  return column.kind === 'numeric' ? bin <= at : bin !== at;
}

/**
 * Moves the rows that go left in front of the others, both in their old order.
 * @param scratch as long as `rows`
 * @returns where the rows that go right begin
 */
export function partition(
  column: BinnedColumn,
  at: number,
  missingLeft: boolean,
  rows: Int32Array,
  start: number,
  end: number,
  scratch: Int32Array,
): number {
  const { bins, size } = column;
  const numeric = column.kind === 'numeric';
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const bin = bins[row];
    const isLeft = bin === size ? missingLeft : numeric ? bin <= at : bin !== at;
    // Both writes, one counts: no branch that the processor would have to guess.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft ? 1 : 0;
    right += isLeft ? 0 : 1;
  }
  for (let i = 0; i < right; i++) rows[left + i] = scratch[i];
  return left;
}
