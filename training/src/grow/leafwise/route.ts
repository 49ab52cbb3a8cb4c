import { missingSide } from '../split.ts';
import type { Split } from './best-split.ts';
import { binInCode } from './joint-columns.ts';
import type { RowMatrix } from './row-matrix.ts';
import type { TreeNode } from './tree-node.ts';

type Sides = Pick<Split, 'column' | 'at' | 'missing' | 'set'>;

/** Whether a bin goes left, and whether a code does, 1 or 0; of the last split asked for. */
const binGoesLeft = new Uint8Array(256);
const goesLeft = new Uint8Array(256);

function sidesOf({ columns, joint }: RowMatrix, { column, at, missing, set }: Sides): void {
  const { kind, size } = columns[column];
  if (set) for (let bin = 0; bin < size; bin++) binGoesLeft[bin] = 1 - set[bin];
  else if (kind === 'numeric') {
    binGoesLeft.fill(1, 0, Math.min(at + 1, size));
    binGoesLeft.fill(0, Math.min(at + 1, size), size);
  } else {
    binGoesLeft.fill(1, 0, size);
    if (at < size) binGoesLeft[at] = 0;
  }
  binGoesLeft[size] = missing === missingSide.left ? 1 : 0;
  const { [joint.byte[column]]: codes } = joint.codes;
  for (let code = 0; code < codes; code++)
    goesLeft[code] = binGoesLeft[binInCode(joint, columns, column, code)];
}

/** So many numbers are copied faster one by one. */
const few = 100;

/**
 * Moves the rows that go left before those that go right; both keep their order.
 * @param scratch memory of the length of `rows`
 * @returns the place of the first row that goes right
 */
export function partitionRows(
  matrix: RowMatrix,
  split: Sides,
  rows: Int32Array,
  start: number,
  end: number,
  scratch: Int32Array,
): number {
  sidesOf(matrix, split);
  const middle = sortOut(matrix, matrix.joint.byte[split.column], rows, start, end, scratch);
  putBack(rows, middle, scratch, end - middle);
  return middle;
}

/**
 * Moves the rows that go left to the front, the others into `scratch`. A function of its own, without what follows the loop (README).
 * @returns the place behind those that go left
 */
function sortOut(
  { bytes, stride }: RowMatrix,
  byte: number,
  rows: Int32Array,
  start: number,
  end: number,
  scratch: Int32Array,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const isLeft = goesLeft[bytes[row * stride + byte]];
    // Write to both sides and advance only one: there is no branch to mispredict.
    rows[left] = row;
    scratch[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  return left;
}

function putBack(rows: Int32Array, at: number, scratch: Int32Array, count: number): void {
  if (count > few) rows.set(scratch.subarray(0, count), at);
  else for (let i = 0; i < count; i++) rows[at + i] = scratch[i];
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
