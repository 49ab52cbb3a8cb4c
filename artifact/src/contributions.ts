import type { Row } from './columns.ts';
import { createExplainer } from './explain/index.ts';
import { encodeRow } from './features.ts';
import type { Trees } from './forest.ts';
import type { Formula } from './formula.ts';
import type { Contributions } from './prediction.ts';

/** Makes the function that explains answers by exact SHAP values, whose players are columns. */
export function explainAnswer({ features, answer, target }: Formula, { forest }: Trees) {
  const columns = [...new Set(features.map(({ column }) => column))];
  const explainer = createExplainer(
    forest,
    features.map(({ column }) => columns.indexOf(column)),
  );
  const x = new Float64Array(features.length);
  const sums = new Float64Array(columns.length);
  const scale = target.type === 'numeric' ? 'value' : answer.link === 'logit' ? 'log-odds' : 'chance';
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
