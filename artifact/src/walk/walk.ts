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
   * Gives the leaves one tree after the other, for sums of another kind.
   * @param x [rows × features], row after row, NaN where missing
   * @param add gets the value of the leaf of each row in the next tree, in the same array each time; [rows]
   */
  eachTree(x: Float64Array, rows: number, add: (leaves: Float64Array) => void): void;
}
