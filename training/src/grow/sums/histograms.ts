import type { Random } from '../../random.ts';
import type { BinnedTable } from '../bins.ts';
import { SplitSearch } from '../split.ts';
import { type AddedRows, accumulate, accumulateFew, occupiedBins } from './accumulate.ts';
import type { TreeNodes } from './nodes.ts';
import type { TreeOptions } from './tree-options.ts';

/** Finds the best splits of the nodes of a tree, by histograms of the gradients and weights of their rows. */
export interface Histograms {
  /** Begins a tree that looks at these columns. */
  begin(columns: Int32Array, random: Random): void;
  /** Counts the root, where the histograms of its children will be gained from it. */
  countRoot(root: number): void;
  /** Makes the histograms of two children that will be searched: counts the smaller, subtracts it for the larger. */
  divide(parent: number, left: number, right: number): void;
  /** Writes the node's best split into the nodes; false when there is none. */
  findSplit(node: number): boolean;
  /** The node needs its histogram no more. */
  release(node: number): void;
}

/**
 * Where every split looks at all columns, a node with many rows keeps the histograms of all of them, for its children. Any other
 * node counts its rows column by column. The sums are exact, so both ways find the same split.
 */
export function createHistograms(
  { columns: table }: BinnedTable,
  rows: Int32Array,
  sums: Float64Array,
  nodes: TreeNodes,
  options: TreeOptions,
): Histograms {
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
    // parent − child = sibling: the larger child's histogram takes the parent's place, and its rows are never counted
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
      if (drawn < active) draw(i);
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

  /** Swaps a column that has not been drawn at this node into place `i`. */
  function draw(i: number): void {
    const j = i + random.below(active - i);
    const column = order[j];
    order[j] = order[i];
    order[i] = column;
  }

  function offerKept(histogram: Float64Array, index: number): void {
    const column = table[index];
    const count = occupiedBins(histogram, offsets[index], column.size, occupied);
    search.offer(index, column, histogram, offsets[index], occupied, count);
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
    search.offer(index, column, single, 0, occupied, count);
    for (let i = 0; i < count; i++) {
      single[2 * occupied[i]] = 0;
      single[2 * occupied[i] + 1] = 0;
    }
    single[2 * size] = 0;
    single[2 * size + 1] = 0;
  }
}
