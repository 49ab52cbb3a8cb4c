import { exactGrid, type Grid } from '../exact-sums.ts';

/** For each row, the sum of the answers of trees that did not draw it. The answers are on a grid, so that the order does not matter. */
export interface OutOfBagSums {
  /** [rows] */
  sum: Float64Array;
  /** Number of trees that did not draw the row; [rows]. */
  trees: Int32Array;
}

/** @param rows number of training rows; 0 if out-of-bag answers are not wanted */
export const createOutOfBagSums = (rows: number): OutOfBagSums => ({
  sum: new Float64Array(rows),
  trees: new Int32Array(rows),
});

/** The grid for answers between 0 and `largest`. */
export const answerGrid = (trees: number, largest: number): Grid => exactGrid(trees * largest);

/** Adds the sums of another thread. */
export function addOutOfBag(to: OutOfBagSums, from: OutOfBagSums): void {
  for (let row = 0; row < to.sum.length; row++) {
    to.sum[row] += from.sum[row];
    to.trees[row] += from.trees[row];
  }
}

/** Mean answers; NaN for rows that every tree drew. */
export const outOfBagMeans = ({ sum, trees }: OutOfBagSums): Float64Array =>
  sum.map((value, row) => value / trees[row]);
