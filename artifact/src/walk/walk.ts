/** Sums leaves; bit for bit equal to the plain walk. */
export interface Walk {
  /** @param x features, NaN where missing; [features] */
  sumLeaves(x: Float64Array): number;
  /**
   * @param x [rows × features], row after row, NaN where missing
   * @param sums written; [rows]
   */
  sumBatch(x: Float64Array, sums: Float64Array): void;
  /**
   * Sums ranges of trees: those of an output stand one after the other.
   * @param x [rows × features], row after row, NaN where missing
   * @param starts first tree of each range, and after the last range where it ends; [ranges + 1]
   * @param sums written; [ranges][rows]
   */
  sumRanges(x: Float64Array, starts: Int32Array, sums: readonly Float64Array[]): void;
  /**
   * Gives the leaves one tree after the other, for sums of another kind.
   * @param x [rows × features], row after row, NaN where missing
   * @param add gets the value of the leaf of each row in the next tree, in the same array each time; [rows]
   */
  eachTree(x: Float64Array, rows: number, add: (leaves: Float64Array) => void): void;
}

/** Trees whose rows of leaf values are added in one pass over the scores. */
export const treesTogether = 8;
