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

/** The plain walk: follows `x` to one leaf per tree and adds the leaves in tree order. */
export function sumLeaves(forest: Forest, x: Float64Array): number {
  const { roots, feature, threshold, left, right, value, missingLeft } = forest;
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree];
    while (feature[node] >= 0) {
      const given = x[feature[node]];
      const goesLeft = Number.isNaN(given) ? missingLeft[node] === 1 : given < threshold[node];
      node = goesLeft ? left[node] : right[node];
    }
    sum += value[node];
  }
  return sum;
}

/** The trees of a model: of the answer and, if it has an interval, of the spread. */
export interface Trees {
  forest: Forest;
  spread?: Forest;
}
