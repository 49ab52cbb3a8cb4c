import type { Design } from '../design.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import { sampleRows } from '../random.ts';
import { createRidgeFit, type RidgeFit } from '../regression/penalised.ts';
import { fitPoisson } from '../regression/poisson.ts';
import { rowScorer, scalePlaces } from '../regression/sparse-rows.ts';
import type { Learner } from './learner.ts';
import { type RegressorRows, regressorRows, type ScaledRegressor } from './regressors.ts';

const ridges = [0.3, 1, 3, 10, 30];
const folds = 5;
/** As many rows are enough to choose the penalty. */
const mostRowsToChoose = 20_000;
/** Above so many numbers, one of the folds is enough to choose. */
const fewNumbers = 5e6;
/** Change of the coefficients that is small enough to choose. */
const roughly = 1e-5;

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
  const x = regressorRows(design, columns);
  const best = ridge ?? chooseRidge(design, columns, x, sampleRows(rows, mostRowsToChoose, seed), seed);
  return { ...createFit(design, x, rows)(best), ridge: best };
}

function chooseRidge(
  design: Design,
  columns: readonly number[],
  x: RegressorRows,
  rows: Int32Array,
  seed: number,
): number {
  const splits = splitRows({ rows, labels: labelsOf(design), sampling: design.sampling }, folds, seed);
  const isLarge = rows.length * x.places.length > fewNumbers;
  // in the order of time, the last one has the most rows to learn from
  const parts = (isLarge ? splits.slice(-1) : splits).map(({ train, test }) => {
    const inner = design.forRows(train);
    return {
      test,
      fit: createFit(design, inner === design ? x : regressorRows(inner, columns), train, roughly),
    };
  });
  const losses = new Map(
    // from the largest on: each fit starts where the last one ended
    ridges
      .toReversed()
      .map((ridge) => [
        ridge,
        parts.reduce((sum, { test, fit }) => sum + squaresOf(design, test, fit(ridge).predict), 0),
      ]),
  );
  return ridges.reduce((a, b) => ((losses.get(b) ?? Infinity) < (losses.get(a) ?? Infinity) ? b : a));
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

/** Sum of the squared errors of these rows. */
function squaresOf({ target, sampling }: Design, rows: Int32Array, predict: (row: number) => number): number {
  const weights = sampling?.weights;
  return rows.reduce((sum, row) => sum + (weights?.[row] ?? 1) * (predict(row) - target[row]) ** 2, 0);
}

interface Fitted {
  /** Intercept, then a coefficient for each standardised regressor. */
  beta: Float64Array;
  scales: ScaledRegressor[];
  predict(row: number): number;
}

/** Fits these rows for one penalty after another. */
function createFit(
  { target, loss, sampling }: Design,
  x: RegressorRows,
  rows: Int32Array,
  precision?: number,
): (ridge: number) => Fitted {
  const weights = sampling?.weights;
  const scales = scalePlaces(x, x.places, rows, weights);
  const task = { x, scales, rows, target, weights };
  const fit = loss === 'poisson' ? poissonFit(task) : createRidgeFit({ ...task, loss }, precision);
  const answerTo = {
    logistic: (score: number) => 1 / (1 + Math.exp(-score)),
    squared: (score: number) => score,
    poisson: Math.exp,
  }[loss];
  return (ridge) => {
    const beta = fit(ridge);
    const score = rowScorer(x, scales, beta);
    return { beta, scales: x.unscaled(scales), predict: (row) => answerTo(score(row)) };
  };
}

/** Of every regressor as a column. */
function poissonFit({
  x,
  scales,
  rows,
  target,
  weights,
}: Omit<Parameters<typeof createRidgeFit>[0], 'loss'>): RidgeFit {
  const columns = scales.map((scale) => {
    const only = rowScorer(x, [scale], Float64Array.of(0, 1));
    return Float64Array.from(rows, only);
  });
  const own = Float64Array.from(rows, (row) => target[row]);
  const ownWeights = weights && Float64Array.from(rows, (row) => weights[row]);
  return (ridge) => fitPoisson(columns, own, ridge, ownWeights);
}
