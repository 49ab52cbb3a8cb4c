import { drawInto, type Random } from '../../random.ts';
import type { BinnedTable } from '../bins.ts';
import { SplitSearch } from '../split.ts';
import { type AddedRows, accumulate, accumulateFew, occupiedBins } from './accumulate.ts';
import type { TreeNodes } from './nodes.ts';
import type { TreeOptions } from './tree-options.ts';

/** Finds the best split of each node of a tree from histograms of the gradients and weights of its rows. */
export interface Histograms {
  /** Starts a tree that may split on these columns. */
  begin(columns: Int32Array, random: Random): void;
  /** Counts the root, if its histograms will be kept for its children. */
  countRoot(root: number): void;
  /** Computes the histograms of two children: counts the smaller one, and subtracts it from the parent for the larger one. */
  divide(parent: number, left: number, right: number): void;
  /** Writes the node's best split into the nodes. @returns false if there is none */
  findSplit(node: number): boolean;
  /** Frees the histogram of a node. */
  release(node: number): void;
}

/**
 * If every split may use all columns, a node with many rows keeps the histograms of all columns for its children. Any other node counts
 * its rows column by column. The sums are exact, so both ways find the same split.
 */
export function createHistograms(
  { columns: table }: BinnedTable,
  rows: Int32Array,
  sums: Float64Array,
  nodes: TreeNodes,
  options: TreeOptions,
): Histograms {
  const { randomSplits } = options;
  const search = new SplitSearch(options);
  const single = new Float64Array(512);
  const occupied = new Uint8Array(256);
  const marks = new Int32Array(8);
  const offsets = new Int32Array(table.length + 1);
  for (const [i, { size }] of table.entries()) offsets[i + 1] = offsets[i] + 2 * (size + 1);
  const slots: Float64Array[] = [];
  const free: number[] = [];
  const order = new Int32Array(table.length);
  let active = 0;
  let drawn = 0;
  let most = 0;
  let random: Random;
  const added: AddedRows = { rows, start: 0, end: 0, sums };

  return { begin, countRoot, divide, findSplit, release };

  function begin(columns: Int32Array, treeRandom: Random): void {
    order.set(columns);
    active = columns.length;
    drawn = Math.min(options.columnsPerSplit, active);
    most = Math.min(Math.max(drawn, options.mostColumns ?? active), active);
    random = treeRandom;
  }

  function isWorthKeeping(node: number): boolean {
    return drawn === active && (nodes.end[node] - nodes.start[node]) * active > offsets[table.length];
  }

  function countRoot(root: number): void {
    if (isWorthKeeping(root)) count(root);
  }

  function count(node: number): void {
    const slot = free.pop() ?? slots.push(new Float64Array(offsets[table.length])) - 1;
    const histogram = slots[slot].fill(0);
    added.start = nodes.start[node];
    added.end = nodes.end[node];
    for (let i = 0; i < active; i++) {
      const { bins } = table[order[i]];
      accumulate(bins, added, histogram, offsets[order[i]]);
    }
    nodes.slot[node] = slot;
  }

  function divide(parent: number, left: number, right: number): void {
    if (nodes.slot[parent] === -1) return;
    const leftIsLarger = nodes.end[left] - nodes.start[left] > nodes.end[right] - nodes.start[right];
    const larger = leftIsLarger ? left : right;
    const smaller = leftIsLarger ? right : left;
    if (!isWorthKeeping(larger)) {
      release(parent);
      return;
    }
    count(smaller);
    // parent − child = sibling: the larger child's histogram replaces the parent's, and its rows are not counted
    const minuend = slots[nodes.slot[parent]];
    const subtrahend = slots[nodes.slot[smaller]];
    for (let i = 0; i < minuend.length; i++) minuend[i] -= subtrahend[i];
    nodes.slot[larger] = nodes.slot[parent];
    nodes.slot[parent] = -1;
  }

  function release(node: number): void {
    if (nodes.slot[node] === -1) return;
    free.push(nodes.slot[node]);
    nodes.slot[node] = -1;
  }

  function findSplit(node: number): boolean {
    search.begin(nodes.gradient[node], nodes.weight[node], nodes.low[node], nodes.high[node]);
    for (let i = 0; i < most && (i < drawn || search.column === -1); i++) {
      if (drawn < active) drawInto(order, i, active, random);
      if (nodes.slot[node] === -1) offerCounted(node, order[i]);
      else offerKept(slots[nodes.slot[node]], order[i]);
    }
    if (search.column === -1) return false;
    nodes.column[node] = search.column;
    nodes.at[node] = search.at;
    nodes.next[node] = search.next;
    nodes.missingLeft[node] = search.missing;
    nodes.gain[node] = search.gain;
    nodes.leftGradient[node] = search.leftGradient;
    nodes.leftWeight[node] = search.leftWeight;
    return true;
  }

  function offer(index: number, histogram: Float64Array, offset: number, count: number): void {
    const column = table[index];
    if (randomSplits && column.kind === 'numeric')
      search.offerAtRandom(index, column, histogram, offset, occupied, count, random);
    else search.offer(index, column, histogram, offset, occupied, count);
  }

  function offerKept(histogram: Float64Array, index: number): void {
    const column = table[index];
    const count = occupiedBins(histogram, offsets[index], column.size, occupied);
    offer(index, histogram, offsets[index], count);
  }

  function offerCounted(node: number, index: number): void {
    const column = table[index];
    const { bins, size } = column;
    added.start = nodes.start[node];
    added.end = nodes.end[node];
    let count: number;
    if (added.end - added.start < size) {
      count = accumulateFew(bins, added, single, size, occupied, marks);
    } else {
      accumulate(bins, added, single, 0);
      count = occupiedBins(single, 0, size, occupied);
    }
    offer(index, single, 0, count);
    for (let i = 0; i < count; i++) {
      single[2 * occupied[i]] = 0;
      single[2 * occupied[i] + 1] = 0;
    }
    single[2 * size] = 0;
    single[2 * size + 1] = 0;
  }
}
