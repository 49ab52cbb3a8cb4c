import type { Forest } from '@hearth/artifact';
import { RandomForestRegression } from 'ml-random-forest';
import mlRandomForest from 'ml-random-forest/package.json' with { type: 'json' };

/** The installed version. */
export const mlForestVersion: string = mlRandomForest.version;

/** The options of ml-random-forest that work correctly; `growMlForest` says which are avoided. */
export interface MlForestOptions {
  trees: number;
  /** A node with at most this many rows becomes a leaf. */
  minNumSamples: number;
  maxDepth: number;
  /** Share of the features that each tree draws; all features if left out. */
  maxFeatures?: number;
}

/** The parts of an ml-cart node that are read here. */
interface CartNode {
  left?: CartNode;
  right?: CartNode;
  splitColumn: number;
  splitValue: number;
  distribution?: number;
  numberSamples?: number;
}

interface Grown {
  estimators: { root: CartNode }[];
  indexes: number[][];
  predict(rows: number[][]): number[];
}

/**
 * Grows a regression forest on 0 and 1 with ml-random-forest; its answer is the mean over the trees. Its source has some faults, so these
 * are avoided: `predictionValues` and `predictOOB` (drop a tree, can throw), `maxSamples` (takes the first rows), `maxFeatures: 1`
 * (means all columns). It does not check for missing values, so they are refused here.
 * @param x features, [rows][features], none missing
 * @param target 0 or 1, [rows]
 * @param seed 32-bit integer
 */
export function growMlForest(x: number[][], target: number[], options: MlForestOptions, seed: number): Grown {
  if (x.some((row) => row.some(Number.isNaN)))
    throw new RangeError('ml-random-forest cannot use missing values');
  const forest = new RandomForestRegression({
    nEstimators: options.trees,
    ...(options.maxFeatures && { maxFeatures: options.maxFeatures }),
    seed,
    noOOB: true,
    treeOptions: { minNumSamples: options.minNumSamples, maxDepth: options.maxDepth },
  });
  forest.train(x, target);
  return forest as unknown as Grown;
}

/** Every value is below this threshold: a split at it only tests whether there is a value. */
const anyValue = Number.MAX_VALUE;

/**
 * Converts the library's trees to flat arrays; `sumLeaves(forest, x) / trees` equals its `predict` bit for bit. The library has no
 * missing values: for a missing value at a node, the answer here is the mean of the training rows in that node.
 * @param x the training rows' features, [rows][features]
 * @param target 0 or 1, [rows]
 */
export function flatten(grown: Grown, x: readonly number[][], target: readonly number[]): Forest {
  const nodes = createNodes();
  const everyRow = Array.from(x.keys());
  const roots = grown.estimators.map(({ root }, tree) => {
    const visit = (node: CartNode, rows: number[], known: readonly number[]): number => {
      if (!node.left || !node.right) return nodes.leaf(node.distribution as number, rows.length);
      const { left, right, splitColumn, splitValue: threshold } = node;
      const feature = grown.indexes[tree][splitColumn];
      const presence = known.includes(feature) ? -1 : nodes.split(feature, anyValue, rows.length);
      const split = nodes.split(feature, threshold, rows.length);
      const nowKnown = [...known, feature];
      nodes.connect(
        split,
        visit(
          left,
          rows.filter((row) => x[row][feature] < threshold),
          nowKnown,
        ),
        visit(
          right,
          rows.filter((row) => !(x[row][feature] < threshold)),
          nowKnown,
        ),
      );
      if (presence === -1) return split;
      const mean = rows.reduce((sum, row) => sum + target[row], 0) / rows.length;
      nodes.connect(presence, split, nodes.leaf(mean, 0));
      return presence;
    };
    return visit(root, everyRow, []);
  });
  return nodes.toForest(roots);
}

/** Nodes in the order in which they are added, each before its children. Missing values go right. */
function createNodes() {
  const feature: number[] = [];
  const threshold: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const cover: number[] = [];
  const add = (f: number, t: number, v: number, c: number): number => {
    left.push(-1);
    right.push(-1);
    threshold.push(t);
    value.push(v);
    cover.push(c);
    return feature.push(f) - 1;
  };
  return {
    leaf: (leafValue: number, rows: number) => add(-1, 0, leafValue, rows),
    split: (onFeature: number, at: number, rows: number) => add(onFeature, at, 0, rows),
    connect(node: number, leftChild: number, rightChild: number) {
      left[node] = leftChild;
      right[node] = rightChild;
    },
    toForest: (roots: number[]): Forest => ({
      roots: Int32Array.from(roots),
      feature: Int32Array.from(feature),
      threshold: Float64Array.from(threshold),
      left: Int32Array.from(left),
      right: Int32Array.from(right),
      value: Float64Array.from(value),
      cover: Float64Array.from(cover),
      missingLeft: new Uint8Array(feature.length),
    }),
  };
}
