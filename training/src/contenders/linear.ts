import type { Design } from '../design.ts';
import { splitFold, stratifiedFolds } from '../evaluation/folds.ts';
import { fitLinear } from '../evaluation/linear.ts';
import { fitLogistic, logisticChance } from '../evaluation/logistic.ts';
import { brier } from '../evaluation/scores.ts';
import type { Contender } from './contender.ts';

const ridges = [0.3, 1, 3, 10, 30];
const folds = 5;

/**
 * Ridge-penalised logistic regression (linear for a numeric target) on the features: numbers standardised, categories as indicators,
 * missing values replaced by the mean. The penalty is chosen by inner cross-validation.
 * @param use indices of the columns it looks at, all where left out
 */
export const linear = (design: Design, use?: readonly number[]): Contender => ({
  name: design.loss === 'logistic' ? 'logistic-regression' : 'linear-regression',
  label:
    design.loss === 'logistic'
      ? { en: 'Logistic regression', 'pt-BR': 'Regressão logística' }
      : { en: 'Linear regression', 'pt-BR': 'Regressão linear' },
  learn(rows, seed) {
    const features = design.features.map((_, i) => i).filter((i) => !use || use.includes(design.owners[i]));
    const fold = stratifiedFolds(
      Uint8Array.from(rows, (row) => (design.loss === 'logistic' ? design.target[row] : 0)),
      folds,
      seed,
    );
    const parts = Array.from({ length: folds }, (_, held) => splitFold(fold, held));
    const loss = (ridge: number) =>
      parts.reduce((sum, { train, test }) => {
        const predict = fit(
          design,
          features,
          train.map((i) => rows[i]),
          ridge,
        );
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
    return { predict: fit(design, features, rows, best.ridge) };
  },
});

function fit(
  design: Design,
  features: readonly number[],
  rows: Int32Array,
  ridge: number,
): (row: number) => number {
  const scales = features.map((feature) => scaleOf(design.x, rows, feature));
  const scaled = (row: number) =>
    scales.map(({ feature, mean, sd }) =>
      Number.isNaN(design.x[row][feature]) ? 0 : (design.x[row][feature] - mean) / sd,
    );
  const learned = Array.from(rows, scaled);
  const columns = features.map((_, i) => learned.map((row) => row[i]));
  const target = Array.from(rows, (row) => design.target[row]);
  if (design.loss === 'logistic') {
    const beta = fitLogistic(columns, target, ridge);
    return (row) => logisticChance(beta, scaled(row));
  }
  const beta = fitLinear(columns, target, ridge);
  return (row) => scaled(row).reduce((sum, value, i) => sum + value * beta[i + 1], beta[0]);
}

function scaleOf(x: readonly Float64Array[], rows: Int32Array, feature: number) {
  const values = Array.from(rows, (row) => x[row][feature]).filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { feature, mean, sd: Math.sqrt(squares / Math.max(1, values.length)) || 1 };
}
