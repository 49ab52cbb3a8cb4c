import type { TrainingRows } from '../training-rows.ts';
import { type MaskedCopies, type RowMatrix, rowMatrix } from './row-matrix.ts';
import { sharedFloats } from './team.ts';

export interface BoostedRows extends Omit<TrainingRows, 'classes'> {
  /** What is added to the score of each row before any tree, such as the logarithm of an exposure; [table rows]. */
  offset?: ArrayLike<number>;
}

/** Rows with their target, weight and scores, in memory that threads can share; [matrix rows]. */
export interface ScoredRows {
  matrix: RowMatrix;
  target: Float64Array;
  weight: Float64Array;
  offset?: Float64Array;
  /** The score of each output, and of several outputs what their derivatives have in common. */
  scores: Float64Array[];
  shares: Float64Array[];
}

/** Rows and their masked copies, without scores. */
export function unscoredRows(
  { table, target, rows, weights, offset }: BoostedRows,
  mask: MaskedCopies | undefined,
  seed: number,
): ScoredRows {
  const matrix = rowMatrix(table, rows, mask, seed);
  const { source, share } = matrix;
  const filled = (numberOf: (i: number) => number): Float64Array => {
    const values = sharedFloats(matrix.rows);
    for (let i = 0; i < values.length; i++) values[i] = numberOf(i);
    return values;
  };
  return {
    matrix,
    target: filled((i) => target[source[i]]),
    weight: filled((i) => share[i] * (weights ? weights[source[i]] : 1)),
    ...(offset && { offset: filled((i) => offset[source[i]]) }),
    scores: [],
    shares: [],
  };
}

/** Gives every row the score of the constant model. */
export function startScores({ scores, offset, matrix }: ScoredRows, base: readonly number[]): void {
  for (const start of base) {
    const score = sharedFloats(matrix.rows).fill(start);
    if (offset) for (let i = 0; i < score.length; i++) score[i] += offset[i];
    scores.push(score);
  }
}
