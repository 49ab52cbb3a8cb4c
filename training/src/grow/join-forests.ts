import type { Forest } from '@hearth/artifact';
import type { GrownTrees, SomeTrees } from './forest/grower.ts';

/** A tree of one leaf. */
export const leafTree = (value: number, cover: number): Forest => ({
  roots: Int32Array.of(0),
  feature: Int32Array.of(-1),
  threshold: Float64Array.of(0),
  left: Int32Array.of(-1),
  right: Int32Array.of(-1),
  value: Float64Array.of(value),
  cover: Float64Array.of(cover),
  missingLeft: Uint8Array.of(0),
});

/** One forest with all trees of several forests, in their order. */
export function joinForests(forests: readonly Forest[]): Forest {
  const joined = emptyForest(
    forests.reduce((sum, { roots }) => sum + roots.length, 0),
    forests.reduce((sum, { feature }) => sum + feature.length, 0),
  );
  let node = 0;
  let tree = 0;
  for (const forest of forests) {
    copyTrees(forest, 0, forest.roots.length, joined, tree, node);
    node += forest.feature.length;
    tree += forest.roots.length;
  }
  return joined;
}

/** One forest with trees that were grown in any order, sorted by number. It frees the memory of the trees that it copies. */
export function orderTrees(grown: readonly GrownTrees[]): SomeTrees {
  if (grown.length === 1 && grown[0].numbers.every((number, i) => number === i)) return grown[0].trees;
  const places = grown
    .flatMap(({ numbers, trees }) => numbers.map((number, tree) => ({ number, trees, tree })))
    .sort((a, b) => a.number - b.number);
  const joined = emptyForest(
    places.length,
    grown.reduce((sum, { trees }) => sum + trees.feature.length, 0),
  );
  const leafValues = roomForLeaves(grown);
  const remaining = new Map(grown.map(({ numbers, trees }) => [trees, numbers.length]));
  let node = 0;
  let written = 0;
  for (const [to, { trees, tree }] of places.entries()) {
    const nodes = copyTrees(trees, tree, tree + 1, joined, to, node);
    if (leafValues) written += copyLeaves(trees, joined, node, node + nodes, leafValues, written);
    node += nodes;
    const rest = (remaining.get(trees) ?? 0) - 1;
    remaining.set(trees, rest);
    if (rest === 0) release(trees);
  }
  return leafValues ? { ...joined, leafValues } : joined;
}

/** Frees memory immediately, so that a large forest is in memory only once. */
function release(forest: Forest): void {
  for (const { buffer } of Object.values(forest)) (buffer as ArrayBuffer).transfer(0);
}

const roomForLeaves = (grown: readonly GrownTrees[]): Float64Array | undefined =>
  grown.every(({ trees }) => trees.leafValues)
    ? new Float64Array(grown.reduce((sum, { trees: { leafValues } }) => sum + (leafValues?.length ?? 0), 0))
    : undefined;

/**
 * Copies the shares of one tree's leaves, which follow each other, and moves the rows that its nodes from `start` to before `end` name.
 * @param at where the shares begin in `to` @returns how many numbers were copied
 */
function copyLeaves(
  { leafValues, feature, roots }: SomeTrees,
  joined: Forest,
  start: number,
  end: number,
  to: Float64Array,
  at: number,
): number {
  if (!leafValues) return 0;
  const outputs = leafValues.length / ((feature.length + roots.length) / 2);
  const leaves = (end - start + 1) / 2;
  let first = -1;
  for (let node = start; node < end; node++) {
    if (joined.feature[node] !== -1) continue;
    if (first === -1) first = joined.value[node];
    joined.value[node] += at / outputs - first;
  }
  to.set(leafValues.subarray(first * outputs, (first + leaves) * outputs), at);
  return leaves * outputs;
}

/** Room for so many trees and nodes; without any, a forest that adds nothing. */
export const emptyForest = (trees = 0, nodes = 0): Forest => ({
  roots: new Int32Array(trees),
  feature: new Int32Array(nodes),
  threshold: new Float64Array(nodes),
  left: new Int32Array(nodes),
  right: new Int32Array(nodes),
  value: new Float64Array(nodes),
  cover: new Float64Array(nodes),
  missingLeft: new Uint8Array(nodes),
});

/** Copies the trees from `first` to before `last`; the first becomes tree `tree`, its root node `node`. @returns number of copied nodes */
function copyTrees(
  from: Forest,
  first: number,
  last: number,
  to: Forest,
  tree: number,
  node: number,
): number {
  const start = from.roots[first];
  const end = last < from.roots.length ? from.roots[last] : from.feature.length;
  to.feature.set(from.feature.subarray(start, end), node);
  to.threshold.set(from.threshold.subarray(start, end), node);
  to.value.set(from.value.subarray(start, end), node);
  to.cover.set(from.cover.subarray(start, end), node);
  to.missingLeft.set(from.missingLeft.subarray(start, end), node);
  copyMoved(from.roots.subarray(first, last), to.roots, tree, node - start);
  copyMoved(from.left.subarray(start, end), to.left, node, node - start);
  copyMoved(from.right.subarray(start, end), to.right, node, node - start);
  return end - start;
}

/** Copies node indices and adds `by` to each, except -1. */
function copyMoved(from: Int32Array, to: Int32Array, at: number, by: number): void {
  for (let i = 0; i < from.length; i++) to[at + i] = from[i] === -1 ? -1 : from[i] + by;
}
