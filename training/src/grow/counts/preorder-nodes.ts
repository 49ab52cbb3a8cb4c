import type { Forest } from '@hearth/artifact';
import { goesLeft } from '../partition.ts';
import type { CountTable } from './count-table.ts';

/** The nodes of growing trees, one tree after the other, in preorder: each inner node is followed by its left child. */
export interface PreorderNodes {
  count: number;
  /** Root of each tree. */
  roots: number[];
  /** Feature and threshold as in the finished tree; -1 and 0 in a leaf. */
  feature: Int32Array;
  threshold: Float64Array;
  right: Int32Array;
  value: Float64Array;
  cover: Float64Array;
  missingLeft: Uint8Array;
  /** Column and bin of the split, for `goesLeft`. */
  column: Int32Array;
  at: Int32Array;
}

export const createPreorderNodes = (capacity: number): PreorderNodes => ({
  count: 0,
  roots: [],
  feature: new Int32Array(capacity),
  threshold: new Float64Array(capacity),
  right: new Int32Array(capacity),
  value: new Float64Array(capacity),
  cover: new Float64Array(capacity),
  missingLeft: new Uint8Array(capacity),
  column: new Int32Array(capacity),
  at: new Int32Array(capacity),
});

/** Adds a leaf. @returns its index */
export function addLeaf(nodes: PreorderNodes, value: number, cover: number): number {
  if (nodes.count === nodes.feature.length) lengthen(nodes);
  const node = nodes.count++;
  nodes.feature[node] = -1;
  nodes.threshold[node] = 0;
  nodes.right[node] = -1;
  nodes.value[node] = value;
  nodes.cover[node] = cover;
  nodes.missingLeft[node] = 0;
  return node;
}

/** The leaf of the last tree that a row of the table reaches. */
export function leafOfRow(
  { roots, feature, column, at, right, missingLeft }: PreorderNodes,
  { bins, stride, columns }: Pick<CountTable, 'bins' | 'stride' | 'columns'>,
  row: number,
): number {
  let node = roots[roots.length - 1];
  while (feature[node] !== -1) {
    const bin = bins[row * stride + column[node]];
    const isLeft = goesLeft(columns[column[node]], at[node], missingLeft[node] === 1, bin);
    node = isLeft ? node + 1 : right[node];
  }
  return node;
}

function lengthen(nodes: PreorderNodes): void {
  const longer = createPreorderNodes(2 * nodes.feature.length);
  longer.feature.set(nodes.feature);
  longer.threshold.set(nodes.threshold);
  longer.right.set(nodes.right);
  longer.value.set(nodes.value);
  longer.cover.set(nodes.cover);
  longer.missingLeft.set(nodes.missingLeft);
  longer.column.set(nodes.column);
  longer.at.set(nodes.at);
  Object.assign(nodes, longer, { count: nodes.count, roots: nodes.roots });
}

/** A copy of the trees; the next trees reuse the memory. */
export function takeTrees(nodes: PreorderNodes): Forest {
  const { count } = nodes;
  const feature = nodes.feature.slice(0, count);
  const left = new Int32Array(count);
  for (let node = 0; node < count; node++) left[node] = feature[node] === -1 ? -1 : node + 1;
  const trees: Forest = {
    roots: Int32Array.from(nodes.roots),
    feature,
    threshold: nodes.threshold.slice(0, count),
    left,
    right: nodes.right.slice(0, count),
    value: nodes.value.slice(0, count),
    cover: nodes.cover.slice(0, count),
    missingLeft: nodes.missingLeft.slice(0, count),
  };
  nodes.count = 0;
  nodes.roots.length = 0;
  return trees;
}
