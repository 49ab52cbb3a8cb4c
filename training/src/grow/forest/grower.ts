import type { Forest } from '@hearth/artifact';
import type { OutOfBagSums } from './out-of-bag.ts';

/** Grows any tree of a forest, in any order, in memory of its own. */
export interface ForestGrower {
  /** Grows the tree of this number, which has a random stream of its own. */
  grow(tree: number): void;
  /** Nodes of the trees that wait to be taken. */
  waiting(): number;
  /** The trees grown since this was last called, in the order in which they were. */
  take(): Forest;
  /** Answers of the trees grown so far to the rows that they did not draw. */
  outOfBag: OutOfBagSums;
}

/** Trees of a forest, and their numbers in it; [trees]. */
export interface GrownTrees {
  numbers: number[];
  trees: Forest;
}
