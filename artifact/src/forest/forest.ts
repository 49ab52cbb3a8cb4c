/**
 * Binary trees in flat arrays with one entry per node: tree after tree, each child after its parent.
 *
 * A row goes left if `x[feature] < threshold`, else right. If `x[feature]` is NaN (missing), it goes to the side that was chosen
 * in training.
 */
export interface Forest {
  /** First node of each tree; [trees]. */
  roots: Int32Array;
  /** Index of the feature a node splits on, -1 in a leaf; [nodes]. */
  feature: Int32Array;
  /** 0 in a leaf; [nodes]. */
  threshold: Float64Array;
  /** Node index of the children, -1 in a leaf; [nodes]. */
  left: Int32Array;
  right: Int32Array;
  /** What a leaf adds to the sum, 0 in inner nodes; [nodes]. */
  value: Float64Array;
  /** Number or weight of the training rows that reached the node; [nodes]. */
  cover: Float64Array;
  /** 1 if a missing value goes left, 0 if right; [nodes]. */
  missingLeft: Uint8Array;
}

/** The plain walk through one tree, to the node of a leaf. */
export function leafOf(forest: Forest, root: number, x: Float64Array): number {
  const { feature, threshold, left, right, missingLeft } = forest;
  let node = root;
  while (feature[node] >= 0) {
    const given = x[feature[node]];
    const goesLeft = Number.isNaN(given) ? missingLeft[node] === 1 : given < threshold[node];
    node = goesLeft ? left[node] : right[node];
  }
  return node;
}

/** The plain walk: follows `x` to one leaf per tree and adds the leaves in tree order. */
export function sumLeaves(forest: Forest, x: Float64Array): number {
  const { roots, value } = forest;
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) sum += value[leafOf(forest, roots[tree], x)];
  return sum;
}

/** Linear terms beside the trees; each [features × outputs]. */
export interface Linear {
  coefficient: Float64Array;
  /** What a feature adds if it is missing. */
  missing: Float64Array;
  /** The mean of what a feature adds, over the training rows. */
  mean: Float64Array;
}

/** Everything that adds up to the scores of a model, and the trees of its spread if it has an interval. */
export interface Trees {
  /** Trees of the first output; with `leafValues` of all outputs. */
  forest: Forest;
  /** Trees of the other outputs, in order. */
  others?: readonly Forest[];
  /** What each leaf adds to each output; the leaf's `value` is its row; [leaves × outputs]. */
  leafValues?: Float64Array;
  linear?: Linear;
  /** Bit sets of categories, for features `in`. */
  sets?: Uint8Array;
  spread?: Forest;
}

/** The forests of a model's answer: one per output, or one for all of them. */
export const forestsOf = ({ forest, others = [] }: Trees): readonly Forest[] => [forest, ...others];

/** The trees of one output as a forest of their own. */
export function forestOf(trees: Trees, k: number, outputs: number): Forest {
  const { forest, leafValues } = trees;
  if (!leafValues) return forestsOf(trees)[k];
  const { feature, value } = forest;
  return {
    ...forest,
    value: value.map((row, node) => (feature[node] < 0 ? leafValues[row * outputs + k] : 0)),
  };
}
