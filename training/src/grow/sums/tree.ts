import type { Forest } from '@hearth/artifact';
import type { Random } from '../../random.ts';
import type { BinnedColumn, BinnedTable } from '../bins.ts';
import { goesLeft, partition } from '../partition.ts';
import { lastBinBelow, leafValue, missingSide, splitThreshold } from '../split.ts';
import { createHistograms } from './histograms.ts';
import { addNode, createNodes, finishNodes, toTree } from './nodes.ts';
import { createOpenNodes } from './open-nodes.ts';
import type { TreeOptions } from './tree-options.ts';

/** Grows trees one after the other in the same memory. Before each, the caller fills `rows`, and `sums` and `cover` of these rows. */
export interface TreeGrower {
  /** The rows to grow the tree on, at the start; [table rows]. The tree reorders them. */
  rows: Int32Array;
  /** Gradient and weight of each row, interleaved, on an exact grid; weights are above 0; [2 × table rows]. */
  sums: Float64Array;
  /** How much each row adds to the cover; [table rows]. */
  cover: Float64Array;
  /** Grows a tree on the first `count` rows that splits only on these columns. */
  grow(count: number, columns: Int32Array, random: Random): void;
  /** The answer of the last tree to a row of a table with the same bins. */
  predict(columns: readonly BinnedColumn[], row: number): number;
  /** A copy of the last tree, with `(value + offset) × scale` in its leaves. */
  tree(offset: number, scale: number): Forest;
}

export function createTreeGrower(table: BinnedTable, options: TreeOptions): TreeGrower {
  const { maxDepth, maxLeaves, minimumWeight, l2 } = options;
  const rows = new Int32Array(table.rows);
  const scratch = new Int32Array(table.rows);
  const sums = new Float64Array(2 * table.rows);
  const cover = new Float64Array(table.rows);
  const nodes = createNodes(64);
  const open = createOpenNodes(nodes, maxLeaves < Infinity);
  const histograms = createHistograms(table, rows, sums, nodes, options);

  return { rows, sums, cover, grow, predict, tree: (offset, scale) => toTree(nodes, offset, scale) };

  function grow(count: number, columns: Int32Array, random: Random): void {
    nodes.count = 0;
    histograms.begin(columns, random);
    const root = addNode(nodes, 0, count, 0);
    let gradient = 0;
    let weight = 0;
    for (let i = 0; i < count; i++) {
      gradient += sums[2 * rows[i]];
      weight += sums[2 * rows[i] + 1];
    }
    fill(root, gradient, weight, -Infinity, Infinity);
    if (maxDepth > 0) histograms.countRoot(root);
    consider(root);
    let leaves = 1;
    while (leaves < maxLeaves && open.any()) {
      split(open.take());
      leaves++;
    }
    while (open.any()) histograms.release(open.take());
    finishNodes(nodes, rows, cover);
  }

  function fill(node: number, gradient: number, weight: number, low: number, high: number): void {
    nodes.gradient[node] = gradient;
    nodes.weight[node] = weight;
    nodes.low[node] = low;
    nodes.high[node] = high;
    nodes.value[node] = leafValue(gradient, weight, l2, low, high);
  }

  function consider(node: number): void {
    const mayBeSplit =
      nodes.depth[node] < maxDepth && nodes.weight[node] >= 2 * minimumWeight && !isConstant(node);
    if (mayBeSplit && histograms.findSplit(node)) open.add(node);
    else histograms.release(node);
  }

  function isConstant(node: number): boolean {
    const first = rows[nodes.start[node]];
    for (let i = nodes.start[node] + 1; i < nodes.end[node]; i++) {
      const row = rows[i];
      if (sums[2 * row] * sums[2 * first + 1] !== sums[2 * first] * sums[2 * row + 1]) return false;
    }
    return true;
  }

  function split(node: number): void {
    const column = table.columns[nodes.column[node]];
    const missingLeft = nodes.missingLeft[node] === missingSide.left;
    const start = nodes.start[node];
    const end = nodes.end[node];
    const middle = partition(column, nodes.at[node], missingLeft, rows, start, end, scratch);
    const depth = nodes.depth[node] + 1;
    const left = addNode(nodes, start, middle, depth);
    const right = addNode(nodes, middle, end, depth);
    nodes.left[node] = left;
    nodes.right[node] = right;
    nodes.threshold[node] = splitThreshold(column, nodes.at[node], nodes.next[node]);
    if (column.kind === 'numeric') {
      nodes.at[node] = lastBinBelow(column, nodes.at[node], nodes.threshold[node]);
    }
    const isIndicator = column.kind === 'category' && nodes.next[node] !== -1;
    nodes.feature[node] = column.feature + (isIndicator ? nodes.at[node] : 0);
    fillChildren(node, column.direction);
    if (depth < maxDepth) histograms.divide(node, left, right);
    histograms.release(node);
    consider(left);
    consider(right);
  }

  /** After a split on a monotone column, the middle of the two values is a bound of the leaves below both children. */
  function fillChildren(node: number, direction: number): void {
    const left = nodes.left[node];
    const right = nodes.right[node];
    const gradient = nodes.leftGradient[node];
    const weight = nodes.leftWeight[node];
    const low = nodes.low[node];
    const high = nodes.high[node];
    fill(left, gradient, weight, low, high);
    fill(right, nodes.gradient[node] - gradient, nodes.weight[node] - weight, low, high);
    if (direction === 0 || nodes.next[node] === -1) return;
    const middle = (nodes.value[left] + nodes.value[right]) / 2;
    if (direction > 0) nodes.high[left] = nodes.low[right] = middle;
    else nodes.low[left] = nodes.high[right] = middle;
  }

  function predict(columns: readonly BinnedColumn[], row: number): number {
    const { feature, column, at, left, right, missingLeft, value } = nodes;
    let node = 0;
    while (feature[node] !== -1) {
      const on = columns[column[node]];
      node = goesLeft(on, at[node], missingLeft[node] === 1, on.bins[row]) ? left[node] : right[node];
    }
    return value[node];
  }
}
