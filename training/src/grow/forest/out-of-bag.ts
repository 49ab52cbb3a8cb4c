import { exactGrid, type Grid } from '../exact-sums.ts';

/** Sums over trees of the answers to the rows that a tree did not draw. On one grid: in whatever order they are added, they are the same. */
export interface OutOfBagSums {
  /** [rows] */
  sum: Float64Array;
  /** Trees that did not draw a row; [rows]. */
  trees: Int32Array;
}

/** @param rows 0 where they are not asked for */
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

/** Mean answers, `offset` added; NaN where every tree drew a row. */
export const outOfBagMeans = ({ sum, trees }: OutOfBagSums): Float64Array =>
  sum.map((value, row) => value / trees[row]);
