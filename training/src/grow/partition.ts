import type { BinnedColumn, ColumnBins } from './bins.ts';

/** Whether a bin goes left at a split: bins up to `at` of a numeric column; all categories except `at` of a category column. */
export function goesLeft(column: ColumnBins, at: number, missingLeft: boolean, bin: number): boolean {
  if (bin === column.size) return missingLeft;
  return column.kind === 'numeric' ? bin <= at : bin !== at;
}

/**
 * Moves the rows that go left before those that go right; both keep their order.
 * @param scratch memory of the length of `rows`
 * @returns index of the first row that goes right
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
    // Write to both sides and advance only one: there is no branch to mispredict.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft ? 1 : 0;
    right += isLeft ? 0 : 1;
  }
  for (let i = 0; i < right; i++) rows[left + i] = scratch[i];
  return left;
}
