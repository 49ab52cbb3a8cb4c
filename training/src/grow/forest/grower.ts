import type { Forest } from '@hearth/artifact';
import type { MaskOptions } from '../sums/masked-rows.ts';
import type { DrawOptions } from './draw-rows.ts';
import type { OutOfBagSums } from './out-of-bag.ts';

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
  take(): Forest;
  /** Sums over all trees grown so far. */
  outOfBag: OutOfBagSums;
}

/** Some trees of a forest, and their numbers in it; [trees]. */
export interface GrownTrees {
  numbers: number[];
  trees: Forest;
}
