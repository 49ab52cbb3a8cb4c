import type { Random } from '../../fuzz/random.ts';

export { createRandom } from '../../fuzz/random.ts';

/** The tensors of trees; [nodes], and [trees] of the roots. */
export interface TreeTensors {
  roots: Int32Array;
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  missing_left: Uint8Array;
  value: Float64Array;
  cover: Float64Array;
}

interface Shape {
  trees: number;
  depth: number;
  /** Thresholds to choose from, by feature. */
  thresholds: readonly (readonly number[])[];
  /** What the next leaf holds. */
  leaf(): number;
}

/** Trees with random splits. A leaf stands for 1 to 9 rows; a missing value goes to a random side. */
export function randomTrees(random: Random, { trees, depth, thresholds, leaf }: Shape): TreeTensors {
  const nodes: {
    feature: number;
    threshold: number;
    left: number;
    right: number;
    missing: number;
    value: number;
    cover: number;
  }[] = [];
  const grow = (levels: number): number => {
    const at = nodes.length;
    const node = { feature: -1, threshold: 0, left: -1, right: -1, missing: 0, value: 0, cover: 0 };
    nodes.push(node);
    if (levels === 0 || random.bool(0.1))
      return Object.assign(node, { value: leaf(), cover: 1 + random.below(9) }) && at;
    node.feature = random.below(thresholds.length);
    node.threshold = random.pick(thresholds[node.feature]);
    node.missing = random.below(2);
    node.left = grow(levels - 1);
    node.right = grow(levels - 1);
    node.cover = nodes[node.left].cover + nodes[node.right].cover;
    return at;
  };
  const roots = Int32Array.from({ length: trees }, () => grow(depth));
  return {
    roots,
    feature: Int32Array.from(nodes, ({ feature }) => feature),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    missing_left: Uint8Array.from(nodes, ({ missing }) => missing),
    value: Float64Array.from(nodes, ({ value }) => value),
    cover: Float64Array.from(nodes, ({ cover }) => cover),
  };
}
