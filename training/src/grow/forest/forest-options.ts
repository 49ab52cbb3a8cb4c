import type { MaskOptions } from '../sums/masked-rows.ts';
import type { DrawOptions } from './draw-rows.ts';

export interface ForestOptions extends DrawOptions {
  trees: number;
  /** Columns drawn at each split. */
  columnsPerSplit: number;
  /**
   * Most columns drawn at a node where none of the first can be split: all when not given, as scikit-learn does; as many as at each
   * split in ranger, where such a node is a leaf.
   */
  mostColumns?: number;
  /** Least number (or weight) of rows in a leaf. */
  minimumLeaf: number;
  maxDepth?: number;
  mask?: MaskOptions;
  /** 32-bit whole number. */
  seed: number;
  /** Whether the out-of-bag answers are wanted, too. */
  outOfBag?: boolean;
}
