import { drawInto, type Random } from '../../random.ts';
import { lastBinBelow, missingSide, splitThreshold } from '../split.ts';
import { createCountHistograms } from './count-histograms.ts';
import { type CountedRows, slots } from './count-rows.ts';
import { CountSplit } from './count-split.ts';
import type { CountTable } from './count-table.ts';
import type { DrawnRows } from './drawn-rows.ts';
import { createNodeStack } from './node-stack.ts';
import { partitionRows } from './partition-rows.ts';
import { addLeaf, createPreorderNodes, type PreorderNodes } from './preorder-nodes.ts';
import { createTiers, moveRows } from './row-tiers.ts';

export interface CountTreeOptions {
  /** Number of columns drawn at each split, and the maximum if none of the first can be split on (all columns if left out). */
  columnsPerSplit: number;
  mostColumns?: number;
  /** Minimum number of draws in a leaf. */
  minimumLeaf: number;
  maxDepth: number;
  /** Number of draws that count as one row in the cover. */
  drawsPerRow: number;
  randomSplits: boolean;
}

/** Grows trees one after the other in the same memory, on rows with a target of 0 and 1. */
export interface CountTreeGrower {
  /** The rows to grow the tree on, at the start; the tree reorders and overwrites them. */
  entries: DrawnRows;
  nodes: PreorderNodes;
  /** Grows a tree on the first `count` entries and appends it to `nodes`. */
  grow(count: number, random: Random): void;
}

const kinds = { numeric: 'numeric', category: 'category' } as const;

/** @param bins bins of the rows, [rows × stride]; they may change between trees @param capacity maximum number of entries */
export function createCountTreeGrower(
  { columns: given, stride }: CountTable,
  bins: Uint8Array,
  capacity: number,
  {
    columnsPerSplit,
    mostColumns = Infinity,
    minimumLeaf,
    maxDepth,
    drawsPerRow,
    randomSplits,
  }: CountTreeOptions,
): CountTreeGrower {
  // Replace strings that came from another thread: V8 compares them slowly.
  const columns = given.map((column) => ({ ...column, kind: kinds[column.kind] }));
  const entries = new Int32Array(capacity);
  /** Rows of nodes at an even depth are in the first buffer, at an odd depth in the second. */
  const buffers = [entries, new Int32Array(capacity)];
  const nodes = createPreorderNodes(1024);
  const stack = createNodeStack();
  const tiers = createTiers(bins, stride);
  const histograms = createCountHistograms(stride);
  const nodeRows: CountedRows = { bins, stride, entries, start: 0, end: 0 };
  const search = new CountSplit(minimumLeaf);
  const order = new Int32Array(columns.length);
  const drawn = Math.min(columnsPerSplit, columns.length);
  const most = Math.min(Math.max(drawn, mostColumns), columns.length);
  return { entries, nodes, grow };

  function grow(count: number, random: Random): void {
    for (let i = 0; i < order.length; i++) order[i] = i;
    nodes.roots.push(nodes.count);
    let weight = 0;
    let positives = 0;
    for (let i = 0; i < count; i++) {
      const draws = (entries[i] >>> 1) & 15;
      weight += draws;
      positives += draws * (entries[i] & 1);
    }
    stack.push(0, count, weight, positives, -1, 0, 0);
    while (stack.pop()) {
      const node = addLeaf(nodes, stack.positives / stack.weight, stack.weight / drawsPerRow);
      if (stack.parent !== -1) nodes.right[stack.parent] = node;
      if (mayBeSplit() && findSplit(random)) split(node);
    }
  }

  function mayBeSplit(): boolean {
    const { weight, positives, depth } = stack;
    return positives > 0 && positives < weight && weight >= 2 * minimumLeaf && depth < maxDepth;
  }

  function findSplit(random: Random): boolean {
    const { start, end, weight, positives, depth } = stack;
    toSmallestTier();
    histograms.begin(tiers[stack.tier].bins, buffers[depth & 1], start, end, weight);
    search.begin(weight, positives);
    if (end - start === 2) return splitPair(random);
    let i = 0;
    for (; i + slots <= drawn; i += slots) {
      for (let slot = 0; slot < slots; slot++) draw(i + slot, random);
      histograms.countThree(order[i], order[i + 1], order[i + 2]);
      for (let slot = 0; slot < slots; slot++) offer(order[i + slot], slot, random);
    }
    for (; i < most && (i < drawn || search.column === -1); i++) {
      draw(i, random);
      histograms.countOne(order[i]);
      offer(order[i], 0, random);
    }
    return search.column !== -1;
  }

  /** Two rows are split by the first drawn column in which they differ; any other column would be as good. */
  function splitPair(random: Random): boolean {
    const from = buffers[stack.depth & 1];
    const { bins } = tiers[stack.tier];
    const first = from[stack.start];
    const second = from[stack.start + 1];
    const firstWeight = (first >>> 1) & 15;
    const secondWeight = stack.weight - firstWeight;
    if (firstWeight < minimumLeaf || secondWeight < minimumLeaf) return false;
    for (let i = 0; i < most; i++) {
      draw(i, random);
      const column = order[i];
      const a = bins[(first >>> 5) * stride + column];
      const b = bins[(second >>> 5) * stride + column];
      if (a < b) search.takePair(column, columns[column], a, b, firstWeight, (first & 1) === 1);
      if (a > b) search.takePair(column, columns[column], b, a, secondWeight, (second & 1) === 1);
      if (a !== b) return true;
    }
    return false;
  }

  function toSmallestTier(): void {
    const { start, end, tier, depth } = stack;
    let smallest = tier;
    while (smallest + 1 < tiers.length && end - start <= tiers[smallest + 1].rows) smallest++;
    if (smallest === tier) return;
    moveRows(tiers[tier], tiers[smallest], stride, buffers[depth & 1], start, end);
    stack.tier = smallest;
  }

  /** Draws column `i` of this node, unless all columns are used. */
  function draw(i: number, random: Random): void {
    if (drawn < order.length) drawInto(order, i, order.length, random);
  }

  function offer(column: number, slot: number, random: Random): void {
    const on = columns[column];
    const list = histograms.take(slot, on.size);
    if (randomSplits && on.kind === 'numeric') search.offerAtRandom(column, on, list, random);
    else search.offer(column, on, list);
  }

  function split(node: number): void {
    const { start, end, weight, positives, depth, tier } = stack;
    const { column, at, next, missing, leftWeight, leftPositives } = search;
    const on = columns[column];
    nodeRows.bins = tiers[tier].bins;
    nodeRows.entries = buffers[depth & 1];
    nodeRows.start = start;
    nodeRows.end = end;
    const to = buffers[(depth + 1) & 1];
    const middle = partitionRows(nodeRows, on, search, to);
    const isIndicator = on.kind === 'category' && next !== -1;
    const threshold = splitThreshold(on, at, next);
    nodes.column[node] = column;
    nodes.at[node] = on.kind === 'numeric' ? lastBinBelow(on, at, threshold) : at;
    nodes.feature[node] = on.feature + (isIndicator ? at : 0);
    nodes.threshold[node] = threshold;
    nodes.value[node] = 0;
    const goesLeft = missing === missingSide.unseen ? 2 * leftWeight >= weight : missing === missingSide.left;
    nodes.missingLeft[node] = goesLeft ? 1 : 0;
    stack.push(middle, end, weight - leftWeight, positives - leftPositives, node, depth + 1, tier);
    stack.push(start, middle, leftWeight, leftPositives, -1, depth + 1, tier);
  }
}
