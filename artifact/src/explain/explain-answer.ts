import type { Formula } from '../answer/formula.ts';
import { ofOutput } from '../answer/link.ts';
import type { Contributions } from '../answer/prediction.ts';
import { outputsOf, targetKind } from '../answer/targets.ts';
import { rowEncoder } from '../columns/cells.ts';
import type { Column, Row } from '../columns/columns.ts';
import { forestOf, type Trees } from '../forest/forest.ts';
import { createExplainer } from './shap.ts';

/**
 * Returns a function that explains one output by exact SHAP values with columns as players. Of a linear term a column contributes what
 * it adds minus the mean of that: the SHAP value of a linear model (Lundberg & Lee 2017, corollary 1).
 */
export function explainAnswer(
  formula: Formula & { columns: readonly Column[]; timeZone?: string },
  trees: Trees,
  k = 0,
) {
  const { features, columns, timeZone, answer, target } = formula;
  const { linear, sets } = trees;
  const outputs = outputsOf(target);
  const players = [...new Set(features.map(({ column }) => column))];
  const playerOf = features.map(({ column }) => players.indexOf(column));
  const explainer = createExplainer(forestOf(trees, k, outputs), playerOf);
  const x = new Float64Array(features.length);
  const sums = new Float64Array(players.length);
  const encode = rowEncoder({ columns, features, timeZone }, sets);
  const ofLinear = (tensor: Float64Array, j: number) => tensor[j * outputs + k];
  const expected = features.reduce(
    (sum, _, j) => sum + (linear ? ofLinear(linear.mean, j) : 0),
    explainer.expected,
  );
  const divisor = ofOutput(answer.divisor, k, 1);
  const scaled = (sum: number) => (sum / divisor) * ofOutput(answer.scale, k, 1);
  const base = scaled(ofOutput(answer.base, k, 0) + expected) + ofOutput(answer.offset, k, 0);
  const scale = targetKind(target).scale(answer.link);
  return (row: Row): Contributions => {
    encode(row, x);
    explainer.contributions(x, sums);
    if (linear) {
      for (let j = 0; j < features.length; j++) {
        const term = Number.isNaN(x[j])
          ? ofLinear(linear.missing, j)
          : ofLinear(linear.coefficient, j) * x[j];
        sums[playerOf[j]] += term - ofLinear(linear.mean, j);
      }
    }
    return { scale, base, values: Object.fromEntries(players.map((column, i) => [column, scaled(sums[i])])) };
  };
}
