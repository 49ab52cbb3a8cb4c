import type { ColumnBins } from '../bins.ts';
import { missingSide } from '../split.ts';
import type { Split } from './best-split.ts';
import type { RowMatrix } from './row-matrix.ts';
import type { TreeNode } from './tree-node.ts';

/** Whether a bin goes left, 1 or 0; of the last split asked for. */
const goesLeft = new Uint8Array(256);

function sidesOf(
  { kind, size }: ColumnBins,
  { at, missing, set }: Pick<Split, 'at' | 'missing' | 'set'>,
): void {
  if (set) for (let bin = 0; bin < size; bin++) goesLeft[bin] = 1 - set[bin];
  else if (kind === 'numeric') {
    goesLeft.fill(1, 0, Math.min(at + 1, size));
    goesLeft.fill(0, Math.min(at + 1, size), size);
  } else {
    goesLeft.fill(1, 0, size);
    if (at < size) goesLeft[at] = 0;
  }
  goesLeft[size] = missing === missingSide.left ? 1 : 0;
}

/**
 * Moves the rows that go left before those that go right; both keep their order.
 * @param scratch memory of the length of `rows`
 * @returns the place of the first row that goes right
 */
export function partitionRows(
  { bytes, stride, columns }: RowMatrix,
  { column, at, missing, set }: Pick<Split, 'column' | 'at' | 'missing' | 'set'>,
  rows: Int32Array,
  start: number,
  end: number,
  scratch: Int32Array,
): number {
  sidesOf(columns[column], { at, missing, set });
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const isLeft = goesLeft[bytes[row * stride + column]];
    // Write to both sides and advance only one: there is no branch to mispredict.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  for (let i = 0; i < right; i++) rows[left + i] = scratch[i];
  return left;
}

/**
 * Takes rows of a matrix with the same bins through a finished tree.
 * @param arrive called for each leaf that rows reach, with the places of its rows in the list, which is reordered
 */
export function routeRows(
  root: TreeNode,
  matrix: RowMatrix,
  rows: Int32Array,
  [start, end]: [number, number],
  scratch: Int32Array,
  arrive: (leaf: TreeNode, from: number, to: number) => void,
): void {
  const below = (node: TreeNode, from: number, to: number): void => {
    if (from === to) return;
    if (!node.split) {
      arrive(node, from, to);
      return;
    }
    const middle = partitionRows(matrix, node.split, rows, from, to, scratch);
    below(node.split.left, from, middle);
    below(node.split.right, middle, to);
  };
  below(root, start, end);
}
