/**
 * The places of the hypotheses that are rejected, at this level for all of them together (Holm 1979, Scandinavian Journal of Statistics 6:65).
 * @param p the p value of each
 */
export function holm(p: readonly number[], level: number): number[] {
  const order = [...p.keys()].sort((a, b) => p[a] - p[b]);
  const kept = order.findIndex((place, i) => p[place] > level / (order.length - i));
  return kept < 0 ? order : order.slice(0, kept);
}
