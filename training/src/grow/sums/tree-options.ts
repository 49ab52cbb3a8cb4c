import type { SplitRules } from '../split.ts';

export interface TreeOptions extends SplitRules {
  /** Number of columns drawn at each split, at most all. */
  columnsPerSplit: number;
  /** Maximum number of columns drawn at a node if none of the first can be split on. */
  mostColumns?: number;
  /** Whether numbers are split at random values. */
  randomSplits?: boolean;
  maxDepth: number;
  /** Maximum number of leaves; the node with the largest gain is split first. */
  maxLeaves: number;
}
