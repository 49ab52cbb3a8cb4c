import { drawInto, type Random } from '../../random.ts';
import type { CountedRows } from '../counts/count-rows.ts';
import type { CountTreeGrower, CountTreeOptions } from '../counts/count-tree.ts';
import { createNodeStack } from '../counts/node-stack.ts';
import { partitionRows } from '../counts/partition-rows.ts';
import { addLeaf, createPreorderNodes } from '../counts/preorder-nodes.ts';
import { createTiers, moveRows } from '../counts/row-tiers.ts';
import { lastBinBelow, missingSide, splitThreshold } from '../split.ts';
import { ClassSplit } from './class-split.ts';
import type { ClassTable } from './class-table.ts';
import { createLeafShares, type LeafShares } from './leaf-shares.ts';
import { createRowSorter } from './sorted-rows.ts';

/** Grows trees one after the other in the same memory; the value of a leaf is its row in `shares`. */
export interface ClassTreeGrower extends CountTreeGrower {
  shares: LeafShares;
}

const kinds = { numeric: 'numeric', category: 'category' } as const;

/** @param bins bins of the rows, [rows × stride]; they may change between trees @param capacity maximum number of entries */
export function createClassTreeGrower(
  { columns: given, stride, classes }: ClassTable,
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
): ClassTreeGrower {
  // Replace strings that came from another thread: V8 compares them slowly.
  const columns = given.map((column) => ({ ...column, kind: kinds[column.kind] }));
  const classAt = columns.length;
  const entries = new Int32Array(capacity);
  /** Rows of nodes at an even depth are in the first buffer, at an odd depth in the second. */
  const buffers = [entries, new Int32Array(capacity)];
  const nodes = createPreorderNodes(1024);
  const shares = createLeafShares(classes);
  const stack = createNodeStack();
  const tiers = createTiers(bins, stride);
  const sorter = createRowSorter({ columns, classes }, capacity);
  const rows: CountedRows = { bins, stride, entries, start: 0, end: 0 };
  const search = new ClassSplit(classes, minimumLeaf);
  const counts = new Int32Array(classes);
  const order = new Int32Array(columns.length);
  const drawn = Math.min(columnsPerSplit, columns.length);
  const most = Math.min(Math.max(drawn, mostColumns), columns.length);
  return { entries, nodes, shares, grow };

  function grow(count: number, random: Random): void {
    for (let i = 0; i < order.length; i++) order[i] = i;
    nodes.roots.push(nodes.count);
    let weight = 0;
    for (let i = 0; i < count; i++) weight += (entries[i] >>> 1) & 15;
    stack.push(0, count, weight, 0, -1, 0, 0);
    while (stack.pop()) {
      const node = addLeaf(nodes, 0, stack.weight / drawsPerRow);
      if (stack.parent !== -1) nodes.right[stack.parent] = node;
      toSmallestTier();
      rows.bins = tiers[stack.tier].bins;
      rows.entries = buffers[stack.depth & 1];
      rows.start = stack.start;
      rows.end = stack.end;
      if (findSplit(random, countClasses())) split(node);
      else nodes.value[node] = shares.add(counts, stack.weight);
    }
  }

  /** Weighs the classes of the node. @returns the sum of the squares */
  function countClasses(): number {
    const { bins, entries, start, end } = rows;
    counts.fill(0);
    for (let i = start; i < end; i++) {
      counts[bins[(entries[i] >>> 5) * stride + classAt]] += (entries[i] >>> 1) & 15;
    }
    let squares = 0;
    for (const count of counts) squares += count * count;
    return squares;
  }

  function findSplit(random: Random, squares: number): boolean {
    const { weight, depth } = stack;
    if (squares === weight * weight || weight < 2 * minimumLeaf || depth >= maxDepth) return false;
    search.begin(weight, counts, squares);
    sorter.begin(rows, drawn === order.length);
    for (let i = 0; i < most && (i < drawn || search.column === -1); i++) {
      if (drawn < order.length) drawInto(order, i, order.length, random);
      const on = columns[order[i]];
      const sorted = sorter.sort(rows, order[i]);
      if (randomSplits && on.kind === 'numeric') search.offerAtRandom(order[i], on, sorted, random);
      else search.offer(order[i], on, sorted);
    }
    return search.column !== -1;
  }

  function toSmallestTier(): void {
    const { start, end, tier, depth } = stack;
    let smallest = tier;
    while (smallest + 1 < tiers.length && end - start <= tiers[smallest + 1].rows) smallest++;
    if (smallest === tier) return;
    moveRows(tiers[tier], tiers[smallest], stride, buffers[depth & 1], start, end);
    stack.tier = smallest;
  }

  function split(node: number): void {
    const { start, end, weight, depth, tier } = stack;
    const { column, at, next, missing, leftWeight } = search;
    const on = columns[column];
    const middle = partitionRows(rows, on, search, buffers[(depth + 1) & 1]);
    const isIndicator = on.kind === 'category' && next !== -1;
    const threshold = splitThreshold(on, at, next);
    nodes.column[node] = column;
    nodes.at[node] = on.kind === 'numeric' ? lastBinBelow(on, at, threshold) : at;
    nodes.feature[node] = on.feature + (isIndicator ? at : 0);
    nodes.threshold[node] = threshold;
    const goesLeft = missing === missingSide.unseen ? 2 * leftWeight >= weight : missing === missingSide.left;
    nodes.missingLeft[node] = goesLeft ? 1 : 0;
    stack.push(middle, end, weight - leftWeight, 0, node, depth + 1, tier);
    stack.push(start, middle, leftWeight, 0, -1, depth + 1, tier);
  }
}
