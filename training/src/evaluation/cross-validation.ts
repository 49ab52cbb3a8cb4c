import type { ChanceScores } from '@hearth/artifact';
import { splitFold, stratifiedFolds } from './folds.ts';
import { accuracy, auc, brier, calibration, logLoss } from './scores.ts';

/** Learns from the rows `train` and returns the chance of a row. */
export type Recipe = (train: Int32Array, seed: number) => (row: number) => number;

export interface CrossValidation {
  folds: number;
  repeats: number;
  seed: number;
}

/**
 * Repeated stratified k-fold cross-validation: each repeat predicts every row by a model that has not seen it.
 * @returns out-of-fold predictions, [repeats][rows]
 */
export function crossValidate(
  recipe: Recipe,
  target: Uint8Array,
  { folds, repeats, seed }: CrossValidation,
  onFold: () => void = () => {},
): Float64Array[] {
  return Array.from({ length: repeats }, (_, repeat) => {
    const fold = stratifiedFolds(target, folds, seed + repeat);
    const predictions = new Float64Array(target.length);
    for (let held = 0; held < folds; held++) {
      const { train, test } = splitFold(fold, held);
      const predict = recipe(train, seed + repeat * folds + held);
      for (const row of test) predictions[row] = predict(row);
      onFold();
    }
    return predictions;
  });
}

type Metric = (target: Uint8Array, prediction: Float64Array) => number;

/** Mean and standard deviation over the repeats of every score that a constant answer has too. */
export function scoreChances(target: Uint8Array, repeats: readonly Float64Array[]): ChanceScores {
  const over = (metric: Metric) => spread(repeats.map((prediction) => metric(target, prediction)));
  return { auc: over(auc), brier: over(brier), logLoss: over(logLoss), accuracy: over(accuracy) };
}

/** `scoreChances`, and how far the predictions are calibrated. */
export function score(target: Uint8Array, repeats: readonly Float64Array[]): ChanceScores {
  const fits = repeats.map((prediction) => calibration(target, prediction));
  return {
    ...scoreChances(target, repeats),
    calibration: {
      intercept: spread(fits.map(({ intercept }) => intercept)),
      slope: spread(fits.map(({ slope }) => slope)),
    },
  };
}

function spread(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
