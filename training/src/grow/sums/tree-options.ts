import type { SplitRules } from '../split.ts';

export interface TreeOptions extends SplitRules {
  /** Columns drawn at each split; all where it is no smaller than their number. */
  columnsPerSplit: number;
  /** Most columns drawn where none of the first can be split. */
  mostColumns?: number;
  maxDepth: number;
  /** The node with the largest gain is split first, until there are this many leaves. */
  maxLeaves: number;
}
