import type { Recipe } from './cross-validation.ts';
import { fitLogistic, logisticChance } from './logistic.ts';

/** Always answers the share of positives among the training rows. */
export const baseRate =
  (target: Uint8Array): Recipe =>
  (train) => {
    const share = train.reduce((sum, row) => sum + target[row], 0) / train.length;
    return () => share;
  };

/**
 * Logistic regression on the features, standardised and missing values replaced by the mean of the training rows.
 * @param x features, [rows][features], NaN where missing
 */
export const logisticRegression =
  (x: readonly Float64Array[], target: Uint8Array, ridge = 1): Recipe =>
  (train) => {
    const scales = Array.from({ length: x[0].length }, (_, feature) => scaleOf(x, train, feature));
    const scaled = (row: number) =>
      scales.map(({ mean, sd }, i) => (Number.isNaN(x[row][i]) ? 0 : (x[row][i] - mean) / sd));
    const rows = Array.from(train, scaled);
    const columns = scales.map((_, i) => rows.map((row) => row[i]));
    const beta = fitLogistic(
      columns,
      train.map((row) => target[row]),
      ridge,
    );
    return (row) => logisticChance(beta, scaled(row));
  };

function scaleOf(
  x: readonly Float64Array[],
  rows: Int32Array,
  feature: number,
): { mean: number; sd: number } {
  const values = Array.from(rows, (row) => x[row][feature]).filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length)) || 1 };
}
