/**
 * Binary trees in flat arrays, one entry per node, the nodes of all trees one after the other, children behind their parent.
 *
 * A row goes left where `x[feature] < threshold`, right where not, and where `x[feature]` is NaN (not given) to the side
 * that training chose.
 */
export interface Forest {
  /** First node of each tree; [trees]. */
  roots: Int32Array;
  /** Index of the feature a node splits on, -1 in a leaf; [nodes]. */
  feature: Int32Array;
  /** [nodes]; 0 in a leaf. */
  threshold: Float64Array;
  /** Node index of the children; [nodes]; -1 in a leaf. */
  left: Int32Array;
  right: Int32Array;
  /** What a leaf adds to the answer; [nodes]. In inner nodes 0. */
  value: Float64Array;
  /** Number (or weight) of the training rows that came through; [nodes]. */
  cover: Float64Array;
  /** 1 where a missing value goes left, 0 where right; [nodes]. */
  missingLeft: Uint8Array;
}

/** Sum of the leaves that the features `x` fall into, one leaf per tree, added in tree order. */
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

/** The trees of a model: those of the answer, and those of its spread where it has an interval. */
export interface Trees {
  forest: Forest;
  spread?: Forest;
}
