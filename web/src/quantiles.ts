/**
 * An answer with quantiles as a value with a range: the middle quantile, and from the first to the last one, between which the outcome is in
 * the share of the cases that lies between theirs.
 */
export function withRange<A extends { quantiles?: Readonly<Record<string, number>> }>(answer: A): A {
  if (!answer.quantiles) return answer;
  const all = quantilesOf(answer.quantiles);
  const [first, last] = [all[0], all[all.length - 1]];
  const level = last.share - first.share;
  const interval = { low: first.value, high: last.value, level, of: 'outcome' as const };
  return { ...answer, value: all[all.length >> 1].value, interval };
}

/** The shares and values of quantiles, ascending. */
export const quantilesOf = (
  quantiles: Readonly<Record<string, number>>,
): { share: number; value: number }[] =>
  Object.entries(quantiles)
    .map(([share, value]) => ({ share: Number(share), value }))
    .sort((a, b) => a.share - b.share);
