import type { Formula } from '../answer/formula.ts';
import type { Contributions } from '../answer/prediction.ts';
import { targetKind } from '../answer/targets.ts';
import type { Row } from '../columns/columns.ts';
import { encodeRow } from '../columns/features.ts';
import type { Trees } from '../forest/forest.ts';
import { createExplainer } from './shap.ts';

/** Returns a function that explains answers by exact SHAP values with columns as players. */
export function explainAnswer({ features, answer, target }: Formula, { forest }: Trees) {
  const columns = [...new Set(features.map(({ column }) => column))];
  const explainer = createExplainer(
    forest,
    features.map(({ column }) => columns.indexOf(column)),
  );
  const x = new Float64Array(features.length);
  const sums = new Float64Array(columns.length);
  const scale = targetKind(target).scale(answer.link);
  return (row: Row): Contributions => {
    encodeRow(features, row, x);
    explainer.contributions(x, sums);
    return {
      scale,
      base: (answer.base + explainer.expected) / answer.divisor,
      values: Object.fromEntries(columns.map((column, i) => [column, sums[i] / answer.divisor])),
    };
  };
}
