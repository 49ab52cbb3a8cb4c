import type { Design } from '../design.ts';
import { splitFold, stratifiedFolds } from '../evaluation/folds.ts';
import { brier } from '../evaluation/metrics.ts';
import { fitLinear } from '../regression/linear.ts';
import { fitLogistic, logisticProbability } from '../regression/logistic.ts';
import type { Learner } from './learner.ts';

const ridges = [0.3, 1, 3, 10, 30];
const folds = 5;
/** Integer columns with at most this many different values are treated as categories. */
const fewValues = 5;

/**
 * Ridge-penalised logistic regression (linear for a numeric target). Numbers are standardised; categories, and integers with few
 * different values, are indicators; missing values become the mean. The penalty is chosen by inner cross-validation.
 * @param use indices of the columns to use; all columns if left out
 */
export const linear = (design: Design, { use }: { use?: readonly number[] } = {}): Learner => ({
  name: design.hasClasses ? 'logistic-regression' : 'linear-regression',
  label: design.hasClasses
    ? { en: 'Logistic regression', 'pt-BR': 'Regressão logística' }
    : { en: 'Linear regression', 'pt-BR': 'Regressão linear' },
  learn(rows, seed) {
    const columns = use ?? design.columns.map((_, i) => i);
    const regressors = regressorsOf(design, columns);
    const fold = stratifiedFolds(
      Uint8Array.from(rows, (row) => (design.hasClasses ? design.target[row] : 0)),
      folds,
      seed,
    );
    const parts = Array.from({ length: folds }, (_, held) => {
      const { train, test } = splitFold(fold, held);
      const learned = train.map((i) => rows[i]);
      const inner = design.forRows(learned);
      return { learned, test, own: inner === design ? regressors : regressorsOf(inner, columns) };
    });
    const loss = (ridge: number) =>
      parts.reduce((sum, { learned, test, own }) => {
        const predict = fit(design, own, learned, ridge);
        return (
          sum +
          test.length *
            brier(
              Array.from(test, (i) => design.target[rows[i]]),
              Array.from(test, (i) => predict(rows[i])),
            )
        );
      }, 0);
    const best = ridges
      .map((ridge) => ({ ridge, loss: loss(ridge) }))
      .reduce((a, b) => (b.loss < a.loss ? b : a));
    return { predict: fit(design, regressors, rows, best.ridge) };
  },
});

function fit(
  design: Design,
  regressors: readonly Regressor[],
  rows: Int32Array,
  ridge: number,
): (row: number) => number {
  const scales = regressors.map((regressor) => scaleOf(regressor, rows));
  const scaled = (row: number) =>
    scales.map(({ regressor, mean, sd }) =>
      Number.isNaN(regressor[row]) ? 0 : (regressor[row] - mean) / sd,
    );
  const learned = Array.from(rows, scaled);
  const columns = regressors.map((_, i) => learned.map((row) => row[i]));
  const target = Array.from(rows, (row) => design.target[row]);
  if (design.hasClasses) {
    const beta = fitLogistic(columns, target, ridge);
    return (row) => logisticProbability(beta, scaled(row));
  }
  const beta = fitLinear(columns, target, ridge);
  return (row) => scaled(row).reduce((sum, value, i) => sum + value * beta[i + 1], beta[0]);
}

/** The values that one coefficient is multiplied by, NaN where missing; [rows]. */
type Regressor = Float64Array;

/** The number itself; or, for a category or an integer with few different values, an indicator for each value. */
function regressorsOf({ columns, numbers }: Design, use: readonly number[]): Regressor[] {
  const chosen = use.flatMap((column) =>
    numbers.columns.flatMap(({ kind, owner }, i) => (owner === column ? [{ kind, i, column }] : [])),
  );
  return chosen.flatMap(({ kind, i, column }) => {
    const values = Float64Array.from(numbers.x, (row) => row[i]);
    if (kind === 'numeric' && columns[column].type !== 'integer') return [values];
    const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    if (kind === 'numeric' && distinct.length > fewValues) return [values];
    return distinct.map((each) =>
      values.map((value) => (Number.isNaN(value) ? value : Number(value === each))),
    );
  });
}

function scaleOf(regressor: Regressor, rows: Int32Array) {
  const values = Array.from(rows, (row) => regressor[row]).filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { regressor, mean, sd: Math.sqrt(squares / Math.max(1, values.length)) || 1 };
}
