import type { Split, Summed } from './best-split.ts';
import type { Histogram } from './split-finder.ts';

/** A node; without `split`, a leaf. Its rows on this thread are those from `start` to before `end` of the grower's list. */
export interface TreeNode extends Summed {
  start: number;
  end: number;
  /** Its rows on all threads. */
  rows: number;
  depth: number;
  /** Of a leaf: what it adds to the score. */
  value: number;
  /** Its number among the nodes of the tree, parents first. */
  place: number;
  histogram?: Histogram;
  best?: Split;
  split?: Pick<Split, 'column' | 'at' | 'next' | 'missing' | 'set'> & {
    threshold: number;
    left: TreeNode;
    right: TreeNode;
  };
}
