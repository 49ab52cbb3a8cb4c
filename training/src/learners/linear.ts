import { isNumeric } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import { sampleRows } from '../random.ts';
import { fitLinear } from '../regression/linear.ts';
import { fitLogistic, logisticProbability } from '../regression/logistic.ts';
import { fitPoisson, poissonMean } from '../regression/poisson.ts';
import { totalWeight } from '../sampling/sampling.ts';
import type { Learner } from './learner.ts';

const ridges = [0.3, 1, 3, 10, 30];
const folds = 5;
/** As many rows are enough to choose the penalty. */
const mostRowsToChoose = 20_000;
/** Columns of whole numbers with at most this many different values are treated as categories. */
const fewValues = 5;

/**
 * Ridge-penalised logistic regression (linear for a numeric target, Poisson for a count). Numbers are standardised; categories, and whole
 * numbers with few different values, are indicators; missing values become the mean. The penalty is chosen by inner cross-validation.
 * @param use indices of the columns to use; all columns if left out
 */
export const linear = (design: Design, { use }: { use?: readonly number[] } = {}): Learner => ({
  ...regressionNames[design.loss],
  learn: (rows, seed) => ({ predict: fitRegression(design, rows, seed, { use }).predict }),
});

/** @param ridge the penalty; chosen by inner cross-validation if left out, on a sample where there are many rows */
export function fitRegression(
  design: Design,
  rows: Int32Array,
  seed: number,
  { use, ridge }: { use?: readonly number[]; ridge?: number } = {},
): Fitted & { ridge: number } {
  const columns = use ?? design.columns.map((_, i) => i);
  const regressors = regressorsOf(design, columns);
  const best =
    ridge ?? chooseRidge(design, columns, regressors, sampleRows(rows, mostRowsToChoose, seed), seed);
  return { ...fit(design, regressors, rows, best), ridge: best };
}

function chooseRidge(
  design: Design,
  columns: readonly number[],
  regressors: readonly Regressor[],
  rows: Int32Array,
  seed: number,
): number {
  const weights = design.sampling?.weights;
  const splits = splitRows({ rows, labels: labelsOf(design), sampling: design.sampling }, folds, seed);
  const parts = splits.map(({ train, test }) => {
    const inner = design.forRows(train);
    return { train, test, own: inner === design ? regressors : regressorsOf(inner, columns) };
  });
  const loss = (ridge: number) =>
    parts.reduce((sum, { train, test, own }) => {
      const { predict } = fit(design, own, train, ridge);
      return sum + totalWeight(test, weights) * meanSquare(design, test, predict);
    }, 0);
  const losses = ridges.map(loss);
  return ridges[losses.indexOf(Math.min(...losses))];
}

/** What the regression of each loss is called. */
export const regressionNames: Record<Design['loss'], Pick<Learner, 'name' | 'label'>> = {
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

function fit(design: Design, regressors: readonly Regressor[], rows: Int32Array, ridge: number): Fitted {
  const every = design.sampling?.weights;
  const weights = every && Float64Array.from(rows, (row) => every[row]);
  const scales = regressors.map((regressor) => scaleOf(regressor, rows, every));
  const scaled = (row: number) =>
    scales.map(({ regressor: { values }, mean, sd }) =>
      Number.isNaN(values[row]) ? 0 : (values[row] - mean) / sd,
    );
  const learned = Array.from(rows, scaled);
  const columns = regressors.map((_, i) => learned.map((row) => row[i]));
  const target = Array.from(rows, (row) => design.target[row]);
  if (design.hasClasses) {
    const beta = fitLogistic(columns, target, ridge, weights);
    return { beta, scales, predict: (row) => logisticProbability(beta, scaled(row)) };
  }
  if (design.loss === 'poisson') {
    const beta = fitPoisson(columns, target, ridge, weights);
    return { beta, scales, predict: (row) => poissonMean(beta, scaled(row)) };
  }
  const beta = fitLinear(columns, target, ridge, weights);
  const predict = (row: number) => scaled(row).reduce((sum, value, i) => sum + value * beta[i + 1], beta[0]);
  return { beta, scales, predict };
}

/** What one coefficient is multiplied by. */
export interface Regressor {
  /** NaN where missing; [rows]. */
  values: Float64Array;
  /** The feature of the design that it is, or, with a value, that equals it. */
  feature: number;
  value?: number;
}

/** A regressor is standardised on the training rows. */
export interface ScaledRegressor {
  regressor: Regressor;
  mean: number;
  sd: number;
}

interface Fitted {
  /** Intercept, then a coefficient for each standardised regressor. */
  beta: Float64Array;
  scales: ScaledRegressor[];
  predict(row: number): number;
}

/** The number itself; or, for a category or whole numbers with few different values, an indicator for each value. */
function regressorsOf({ columns, numbers, binned }: Design, use: readonly number[]): Regressor[] {
  const chosen = use.flatMap((column) =>
    numbers.columns.flatMap(({ kind, owner }, i) => (owner === column ? [{ kind, i, column }] : [])),
  );
  return chosen.flatMap(({ kind, i, column }) => {
    const values = Float64Array.from(numbers.x, (row) => row[i]);
    const { feature } = binned.columns[i];
    if (kind === 'numeric' && !isNumeric(columns[column])) return [{ values, feature }];
    const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const isStepped = distinct.length <= fewValues && distinct.every(Number.isInteger);
    if (kind === 'numeric' && !isStepped) return [{ values, feature }];
    return distinct.map((each) => ({
      values: values.map((value) => (Number.isNaN(value) ? value : Number(value === each))),
      ...(kind === 'numeric' ? { feature, value: each } : { feature: feature + each }),
    }));
  });
}

function scaleOf(regressor: Regressor, rows: Int32Array, weights?: Float64Array): ScaledRegressor {
  const { values } = regressor;
  const given = rows.filter((row) => !Number.isNaN(values[row]));
  const weight = (row: number) => weights?.[row] ?? 1;
  const total = totalWeight(given, weights) || 1;
  const mean = given.reduce((sum, row) => sum + weight(row) * values[row], 0) / total;
  const squares = given.reduce((sum, row) => sum + weight(row) * (values[row] - mean) ** 2, 0);
  return { regressor, mean, sd: Math.sqrt(squares / total) || 1 };
}
