import { missingSide } from '../split.ts';
import type { Split } from './best-split.ts';
import type { RowMatrix } from './row-matrix.ts';
import type { TreeNode } from './tree-node.ts';

const none = new Uint8Array();

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
  const { kind, size } = columns[column];
  const numeric = kind === 'numeric';
  const inSet = set ?? none;
  const missingLeft = missing === missingSide.left;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const bin = bytes[row * stride + column];
    const isLeft = bin === size ? missingLeft : numeric ? bin <= at : set ? inSet[bin] === 0 : bin !== at;
    // Write to both sides and advance only one: there is no branch to mispredict.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft ? 1 : 0;
    right += isLeft ? 0 : 1;
  }
  for (let i = 0; i < right; i++) rows[left + i] = scratch[i];
  return left;
}

/** Takes rows of a matrix with the same bins through a finished tree, and adds what their leaves add. */
export function addTree(
  root: TreeNode,
  matrix: RowMatrix,
  rows: Int32Array,
  [start, end]: [number, number],
  scratch: Int32Array,
  score: Float64Array,
): void {
  const below = (node: TreeNode, from: number, to: number): void => {
    if (from === to) return;
    if (!node.split) {
      for (let i = from; i < to; i++) score[rows[i]] += node.value;
      return;
    }
    const middle = partitionRows(matrix, node.split, rows, from, to, scratch);
    below(node.split.left, from, middle);
    below(node.split.right, middle, to);
  };
  below(root, start, end);
}
