import type { Forest } from '@hearth/artifact';

/** A tree that gives every row the same value. */
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

/** One forest of all trees of some forests, in their order. */
export function joinForests(forests: readonly Forest[]): Forest {
  const nodes = forests.reduce((sum, { feature }) => sum + feature.length, 0);
  const trees = forests.reduce((sum, { roots }) => sum + roots.length, 0);
  const joined: Forest = {
    roots: new Int32Array(trees),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
    missingLeft: new Uint8Array(nodes),
  };
  let node = 0;
  let tree = 0;
  for (const forest of forests) {
    joined.feature.set(forest.feature, node);
    joined.threshold.set(forest.threshold, node);
    copyMoved(forest.roots, joined.roots, tree, node);
    copyMoved(forest.left, joined.left, node, node);
    copyMoved(forest.right, joined.right, node, node);
    joined.value.set(forest.value, node);
    joined.cover.set(forest.cover, node);
    joined.missingLeft.set(forest.missingLeft, node);
    node += forest.feature.length;
    tree += forest.roots.length;
  }
  return joined;
}

/** Copies node indices, those of nodes moved on by so many. */
function copyMoved(from: Int32Array, to: Int32Array, at: number, by: number): void {
  for (let i = 0; i < from.length; i++) to[at + i] = from[i] === -1 ? -1 : from[i] + by;
}
