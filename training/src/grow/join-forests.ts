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
    const moved = (index: number) => (index === -1 ? -1 : index + node);
    joined.roots.set(forest.roots.map(moved), tree);
    joined.feature.set(forest.feature, node);
    joined.threshold.set(forest.threshold, node);
    joined.left.set(forest.left.map(moved), node);
    joined.right.set(forest.right.map(moved), node);
    joined.value.set(forest.value, node);
    joined.cover.set(forest.cover, node);
    joined.missingLeft.set(forest.missingLeft, node);
    node += forest.feature.length;
    tree += forest.roots.length;
  }
  return joined;
}
