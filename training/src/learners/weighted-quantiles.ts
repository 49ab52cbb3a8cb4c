/**
 * Quantiles of values: the one of rank p (n + 1), between two values on the line through both, so that a new value lies below it with the
 * probability p (definition 6 of Hyndman & Fan 1996, The American Statistician 50); with weights, ranks are their sums. They ascend.
 * @param values at least one @param weights of each @param levels ascending, each between 0 and 1
 */
export function weightedQuantiles(
  values: Float64Array,
  weights: Float64Array,
  levels: readonly number[],
): number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // of equal weights, a value of rank i has the place i
  const unit = total / values.length;
  let at = 0;
  let place = weights[order[0]];
  return levels.map((level) => {
    const wanted = level * (total + unit);
    while (at + 1 < order.length && place + weights[order[at + 1]] <= wanted) {
      at++;
      place += weights[order[at]];
    }
    const low = values[order[at]];
    if (wanted <= place || at + 1 === order.length) return low;
    const [high, step] = [values[order[at + 1]], weights[order[at + 1]]];
    return Math.min(high, low + ((wanted - place) / step) * (high - low));
  });
}
