/** Sums leaves; bit for bit equal to the plain walk. */
export interface Walk {
  /** @param x features, NaN where missing; [features] */
  sumLeaves(x: Float64Array): number;
  /**
   * @param x [rows × features], row after row, NaN where missing
   * @param sums written; [rows]
   */
  sumBatch(x: Float64Array, sums: Float64Array): void;
}
