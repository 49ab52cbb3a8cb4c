import type { Forest } from '@hearth/artifact';
import type { MaskOptions } from '../sums/masked-rows.ts';
import type { DrawOptions } from './draw-rows.ts';

export interface ForestOptions extends DrawOptions {
  trees: number;
  /** Number of columns drawn at each split. */
  columnsPerSplit: number;
  /**
   * Maximum number of columns drawn at a node if none of the first can be split on. If left out, all columns, as in scikit-learn. In
   * ranger it equals `columnsPerSplit`, and such a node is a leaf.
   */
  mostColumns?: number;
  /** Minimum number (or weight) of rows in a leaf. */
  minimumLeaf: number;
  maxDepth?: number;
  /** Whether a number is split at a random value between those of the node, not at the best one (`randomValue` in split.ts). */
  randomSplits?: boolean;
  mask?: MaskOptions;
  /** 32-bit integer. */
  seed: number;
  /** Whether to compute out-of-bag answers. */
  outOfBag?: boolean;
}

/** Grows any trees of a forest, in any order. Each thread has its own grower. */
export interface ForestGrower {
  /** Grows the tree with this number, which has its own random stream. */
  grow(tree: number): void;
  /** Number of nodes in the trees that were not taken yet. */
  waiting(): number;
  /** The trees grown since the last call, in the order in which they were grown. */
  take(): SomeTrees;
  /** Sums over all trees grown so far. */
  outOfBag: OutOfBagSums;
}

/** Trees of one output; or of several classes, with the shares of the classes in each leaf, [leaves × classes]. */
export type SomeTrees = Forest & { leafValues?: Float64Array };

/** Some trees of a forest, and their numbers in it; [trees]. */
export interface GrownTrees {
  numbers: number[];
  trees: SomeTrees;
}

/** For each row, the sum of the answers of trees that did not draw it. The answers are on a grid, so that the order does not matter. */
export interface OutOfBagSums {
  /** [rows × outputs] */
  sum: Float64Array;
  /** Number of trees that did not draw the row; [rows]. */
  trees: Int32Array;
}

/** @param rows number of training rows; 0 if out-of-bag answers are not wanted */
export const createOutOfBagSums = (rows: number, outputs = 1): OutOfBagSums => ({
  sum: new Float64Array(rows * outputs),
  trees: new Int32Array(rows),
});

/** Adds the sums of another thread. */
export function addOutOfBag(to: OutOfBagSums, from: OutOfBagSums): void {
  for (let i = 0; i < to.sum.length; i++) to.sum[i] += from.sum[i];
  for (let row = 0; row < to.trees.length; row++) to.trees[row] += from.trees[row];
}

/** Mean answers, [rows × outputs]; NaN for rows that every tree drew. */
export function outOfBagMeans({ sum, trees }: OutOfBagSums): Float64Array {
  const outputs = sum.length / trees.length;
  return sum.map((value, i) => value / trees[Math.floor(i / outputs)]);
}
