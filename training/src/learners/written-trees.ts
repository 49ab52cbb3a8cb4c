import type { Forest } from '@hearth/artifact';

/** A node of a tree that is not grown from rows but written from what it is to say; a leaf has no children. */
export interface WrittenNode {
  feature: number;
  threshold: number;
  value: number;
  cover: number;
  left?: WrittenNode;
  right?: WrittenNode;
}

/** A split at this threshold asks whether the column is given: no number reaches it, so every number goes left. */
export const given = Number.MAX_VALUE;

export const leaf = (value: number, cover: number): WrittenNode => ({
  feature: -1,
  threshold: 0,
  value,
  cover,
});

/** A leaf if both children are leaves of the same value. */
export const split = (
  feature: number,
  threshold: number,
  left: WrittenNode,
  right: WrittenNode,
): WrittenNode =>
  left.feature === -1 && right.feature === -1 && left.value === right.value
    ? leaf(left.value, left.cover + right.cover)
    : { feature, threshold, value: 0, cover: left.cover + right.cover, left, right };

/** Between which thresholds a number is, by halves. @param steps one more than thresholds, which are ascending */
export function stepNode(
  feature: number,
  thresholds: ArrayLike<number>,
  steps: readonly WrittenNode[],
): WrittenNode {
  const between = (low: number, high: number): WrittenNode => {
    if (low === high) return steps[low];
    const middle = (low + high + 1) >> 1;
    return split(feature, thresholds[middle - 1], between(low, middle - 1), between(middle, high));
  };
  return between(0, steps.length - 1);
}

/** Trees in arrays, as an artifact has them. */
export function writeForest(trees: readonly WrittenNode[]): Forest {
  const roots: number[] = [];
  const nodes: WrittenNode[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const visit = (node: WrittenNode): number => {
    const at = nodes.push(node) - 1;
    left.push(-1);
    right.push(-1);
    if (node.left && node.right) {
      left[at] = visit(node.left);
      right[at] = visit(node.right);
    }
    return at;
  };
  for (const tree of trees) roots.push(visit(tree));
  return {
    roots: Int32Array.from(roots),
    feature: Int32Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(nodes, (node) => node.value),
    cover: Float64Array.from(nodes, (node) => node.cover),
    missingLeft: new Uint8Array(nodes.length),
  };
}
