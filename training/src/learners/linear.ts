import type { Design } from '../design.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import { fitLinear } from '../regression/linear.ts';
import { fitLogistic, logisticProbability } from '../regression/logistic.ts';
import { fitPoisson, poissonMean } from '../regression/poisson.ts';
import { totalWeight } from '../sampling/sampling.ts';
import type { Learner } from './learner.ts';

const ridges = [0.3, 1, 3, 10, 30];
const folds = 5;
/** Integer columns with at most this many different values are treated as categories. */
const fewValues = 5;

/**
 * Ridge-penalised logistic regression (linear for a numeric target, Poisson for a count). Numbers are standardised; categories, and integers with few
 * different values, are indicators; missing values become the mean. The penalty is chosen by inner cross-validation.
 * @param use indices of the columns to use; all columns if left out
 */
export const linear = (design: Design, { use }: { use?: readonly number[] } = {}): Learner => ({
  ...named[design.loss],
  learn(rows, seed) {
    const weights = design.sampling?.weights;
    const columns = use ?? design.columns.map((_, i) => i);
    const regressors = regressorsOf(design, columns);
    const splits = splitRows({ rows, labels: labelsOf(design), sampling: design.sampling }, folds, seed);
    const parts = splits.map(({ train, test }) => {
      const inner = design.forRows(train);
      return { train, test, own: inner === design ? regressors : regressorsOf(inner, columns) };
    });
    const loss = (ridge: number) =>
      parts.reduce((sum, { train, test, own }) => {
        const predict = fit(design, own, train, ridge);
        return sum + totalWeight(test, weights) * meanSquare(design, test, predict);
      }, 0);
    const best = ridges
      .map((ridge) => ({ ridge, loss: loss(ridge) }))
      .reduce((a, b) => (b.loss < a.loss ? b : a));
    return { predict: fit(design, regressors, rows, best.ridge) };
  },
});

/** What the regression of each loss is called. */
const named: Record<Design['loss'], Pick<Learner, 'name' | 'label'>> = {
  logistic: {
    name: 'logistic-regression',
    label: { en: 'Logistic regression', 'pt-BR': 'Regressão logística' },
  },
  squared: { name: 'linear-regression', label: { en: 'Linear regression', 'pt-BR': 'Regressão linear' } },
  poisson: {
    name: 'poisson-regression',
    label: { en: 'Poisson regression', 'pt-BR': 'Regressão de Poisson' },
  },
};

/** Mean squared error of these rows. */
function meanSquare(
  { target, sampling }: Design,
  rows: Int32Array,
  predict: (row: number) => number,
): number {
  const weights = sampling?.weights;
  const weight = (row: number) => weights?.[row] ?? 1;
  const squares = rows.reduce((sum, row) => sum + weight(row) * (predict(row) - target[row]) ** 2, 0);
  return squares / totalWeight(rows, weights);
}

function fit(
  design: Design,
  regressors: readonly Regressor[],
  rows: Int32Array,
  ridge: number,
): (row: number) => number {
  const every = design.sampling?.weights;
  const weights = every && Float64Array.from(rows, (row) => every[row]);
  const scales = regressors.map((regressor) => scaleOf(regressor, rows, every));
  const scaled = (row: number) =>
    scales.map(({ regressor, mean, sd }) =>
      Number.isNaN(regressor[row]) ? 0 : (regressor[row] - mean) / sd,
    );
  const learned = Array.from(rows, scaled);
  const columns = regressors.map((_, i) => learned.map((row) => row[i]));
  const target = Array.from(rows, (row) => design.target[row]);
  if (design.hasClasses) {
    const beta = fitLogistic(columns, target, ridge, weights);
    return (row) => logisticProbability(beta, scaled(row));
  }
  if (design.loss === 'poisson') {
    const beta = fitPoisson(columns, target, ridge, weights);
    return (row) => poissonMean(beta, scaled(row));
  }
  const beta = fitLinear(columns, target, ridge, weights);
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

function scaleOf(regressor: Regressor, rows: Int32Array, weights?: Float64Array) {
  const given = rows.filter((row) => !Number.isNaN(regressor[row]));
  const weight = (row: number) => weights?.[row] ?? 1;
  const total = totalWeight(given, weights) || 1;
  const mean = given.reduce((sum, row) => sum + weight(row) * regressor[row], 0) / total;
  const squares = given.reduce((sum, row) => sum + weight(row) * (regressor[row] - mean) ** 2, 0);
  return { regressor, mean, sd: Math.sqrt(squares / total) || 1 };
}
