import type { Explainer } from './shap.ts';

/**
 * Mean absolute contribution of each player over some rows, on the scale of the sum of the leaves; [players].
 * @param rows features of each row; [rows][features]
 */
export function globalImportance(
  explainer: Explainer,
  rows: Iterable<Float64Array>,
  players: number,
): Float64Array {
  const sum = new Float64Array(players);
  const contributions = new Float64Array(players);
  let count = 0;
  for (const x of rows) {
    explainer.contributions(x, contributions);
    for (let player = 0; player < players; player++) sum[player] += Math.abs(contributions[player]);
    count++;
  }
  return sum.map((total) => total / Math.max(1, count));
}
