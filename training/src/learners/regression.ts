import type { Forest } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { totalWeight } from '../sampling/sampling.ts';
import { answerByTrees, type LearnedModel, type ModelLearner } from './learner.ts';
import { fitRegression, regressionNames } from './linear.ts';
import { type LinearTerms, noTerms, writeMeans } from './linear-terms.ts';
import type { ScaledRegressor } from './regressors.ts';
import { correctWhereMissing } from './where-missing/correct.ts';
import { given, leaf, split, stepNode, writeForest } from './written-trees.ts';

export interface RegressionOptions {
  /** Penalty of the coefficients of standardised regressors. */
  ridge: number;
}

/**
 * Logistic or linear regression as a model: the fit of the regression that models are compared with. A number or a category is a linear
 * term; a column of whole numbers with few different values, each with an effect of its own, is a tree.
 * @param options chosen by inner cross-validation if left out
 */
export const regression = (design: Design, options?: RegressionOptions): ModelLearner => ({
  name: engineName(design),
  label: regressionNames[design.loss].label,
  learn(rows, seed) {
    const model = regressionModel(design, rows, seed, options);
    const { ridge } = model.engine.options as unknown as RegressionOptions;
    const fit = (of: Design, learned: Int32Array) => regressionModel(of, learned, seed, { ridge });
    const corrected = correctWhereMissing(design, rows, seed, model, fit);
    if (!corrected) return model;
    const { trees, answer, added } = corrected;
    return { ...model, ...corrected, ...answerByTrees(design, trees, answer, added) };
  },
});

/** The regression alone. */
export function regressionModel(
  design: Design,
  rows: Int32Array,
  seed: number,
  options?: RegressionOptions,
): LearnedModel {
  const { beta, scales, ridge } = fitRegression(design, rows, seed, { ridge: options?.ridge });
  const effects = scales.map((scale, i) => ({ ...scale, slope: beta[i + 1] / scale.sd }));
  const { linear, base } = linearTerms(design, rows, effects);
  const answer = { base: beta[0] + base, divisor: 1, link: design.link };
  const trees = { forest: stepTrees(design, rows, effects), linear };
  return {
    ...answerByTrees(design, trees, answer),
    trees,
    answer,
    engine: { name: engineName(design), version: engineVersion, options: { ridge } },
  };
}

const engineName = ({ hasClasses }: Design): string => (hasClasses ? 'logistic' : 'linear');

/** What a regressor adds: slope · (value − mean), and nothing where it is missing. */
type Effect = ScaledRegressor & { slope: number };

function linearTerms(
  design: Design,
  rows: Int32Array,
  effects: readonly Effect[],
): { linear: LinearTerms; base: number } {
  const linear = noTerms(design);
  let base = 0;
  for (const { regressor, mean, slope } of effects) {
    if (regressor.value !== undefined) continue;
    linear.coefficient[regressor.feature] += slope;
    linear.missing[regressor.feature] += slope * mean;
    base -= slope * mean;
  }
  writeMeans(linear, design, rows);
  return { linear, base };
}

/** One tree for each feature whose values have an effect each. */
function stepTrees({ x, sampling }: Design, rows: Int32Array, effects: readonly Effect[]): Forest {
  const stepped = Map.groupBy(
    effects.filter(({ regressor }) => regressor.value !== undefined),
    ({ regressor }) => regressor.feature,
  );
  const trees = [...stepped].map(([feature, own]) => {
    const coverOf = (isIn: (value: number) => boolean) =>
      totalWeight(
        rows.filter((row) => isIn(x[row][feature])),
        sampling?.weights,
      );
    const without = own.reduce((sum, { slope, mean }) => sum + slope * mean, 0);
    const values = own.map(({ regressor: { value = 0 } }) => value);
    const thresholds = values.slice(1).map((value, i) => (values[i] + value) / 2);
    const steps = own.map(({ slope }, i) =>
      leaf(
        slope - without,
        coverOf((value) => value === values[i]),
      ),
    );
    return split(feature, given, stepNode(feature, thresholds, steps), leaf(0, coverOf(Number.isNaN)));
  });
  return writeForest(trees);
}
