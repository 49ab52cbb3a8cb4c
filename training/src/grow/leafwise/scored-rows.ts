import type { TrainingRows } from '../training-rows.ts';
import type { Loss } from './losses.ts';
import { isMissing, keepInMatrix, type MaskedCopies, type RowMatrix, rowMatrix } from './row-matrix.ts';
import { sharedFloats } from './team.ts';

export interface BoostedRows extends Omit<TrainingRows, 'classes'> {
  /** What is added to the score of each row before any tree, such as the logarithm of an exposure; [table rows]. */
  offset?: ArrayLike<number>;
  /** The scores of a model that trees are added to, in place of a constant. */
  start?: StartScores;
}

/**
 * The scores of another model for a row of the table.
 * @param given 1 for each column of the table that the row keeps, 0 for those that a masked copy hides
 * @param into filled with the score of each output
 */
export type StartScores = (row: number, given: Uint8Array | undefined, into: Float64Array) => void;

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
  training: BoostedRows,
  mask: MaskedCopies | undefined,
  seed: number,
): ScoredRows {
  return rowsOf(training, rowMatrix(training.table, training.rows, mask, seed));
}

/** Some rows with their copies, first all whole ones, without scores. */
export const keepRows = (
  training: BoostedRows,
  { matrix }: ScoredRows,
  kept: Int32Array,
  share: Float64Array,
): ScoredRows => rowsOf(training, keepInMatrix(matrix, kept, share));

function rowsOf({ target, weights, offset }: BoostedRows, matrix: RowMatrix): ScoredRows {
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

/**
 * Gives rows the scores that boosting starts from: those of another model, or of the best constant for the first of them.
 * @returns the constant of each output
 */
export function beginScores(some: readonly ScoredRows[], loss: Loss, start?: StartScores): number[] {
  const [{ target, weight, offset }] = some;
  const base = start ? new Array<number>(loss.outputs).fill(0) : loss.start(target, weight, offset);
  for (const rows of some) {
    if (start) startFrom(rows, start, loss.outputs);
    else startScores(rows, base);
  }
  return base;
}

/** Gives every row the score of the constant model. */
function startScores({ scores, offset, matrix }: ScoredRows, base: readonly number[]): void {
  for (const start of base) {
    const score = sharedFloats(matrix.rows).fill(start);
    if (offset) for (let i = 0; i < score.length; i++) score[i] += offset[i];
    scores.push(score);
  }
}

/** Gives every row, and every masked copy by the columns that it keeps, the scores of another model. */
function startFrom({ scores, matrix }: ScoredRows, start: StartScores, outputs: number): void {
  const { source, columns, whole } = matrix;
  for (let k = 0; k < outputs; k++) scores.push(sharedFloats(matrix.rows));
  const into = new Float64Array(outputs);
  const given = new Uint8Array(columns.length);
  for (let i = 0; i < matrix.rows; i++) {
    if (i >= whole) for (let c = 0; c < given.length; c++) given[c] = Number(!isMissing(matrix, i, c));
    start(source[i], i < whole ? undefined : given, into);
    for (let k = 0; k < outputs; k++) scores[k][i] = into[k];
  }
}
