/** Newton's steps and bisections together; twenty are usually enough for the last bit. */
const mostSteps = 100;
/** How near the mean must come, as a part of the range of the values. */
const tolerance = 1e-9;

/**
 * Shares · exp(λ · values), scaled to add up to 1, with the λ that makes Σ share · value the wanted mean: of all distributions with this
 * mean the one that is least far from the given shares (Kullback & Leibler distance; Csiszár 1975, Annals of Probability 3, theorem 3.1).
 * @param values [n] @param shares [n], positive
 * @returns [n]; undefined if no distribution over the values has this mean, which lies outside their range or at its end
 */
export function tilted(
  values: ArrayLike<number>,
  shares: ArrayLike<number>,
  mean: number,
): Float64Array | undefined {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  const range = greatest - least;
  if (!(mean > least && mean < greatest)) return undefined;
  const weights = new Float64Array(values.length);
  // f(λ) = Σ w · (value - mean) with w = share · exp(λ (value - mean)) / Σ …; it rises with λ
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let lambda = 0;
  for (let step = 0; step < mostSteps; step++) {
    const { off, variance } = weigh(values, shares, mean, lambda, weights);
    if (Math.abs(off) <= tolerance * range) return weights;
    if (off < 0) low = lambda;
    else high = lambda;
    const next = lambda - off / variance;
    lambda = next > low && next < high ? next : between(low, high, range);
  }
  return undefined;
}

/** A point between two ends, one of which may be infinite. */
function between(low: number, high: number, range: number): number {
  if (low === Number.NEGATIVE_INFINITY) return Math.min(0, high) * 2 - 1 / range;
  if (high === Number.POSITIVE_INFINITY) return Math.max(0, low) * 2 + 1 / range;
  return (low + high) / 2;
}

/** Writes the weights for λ; returns how far their mean is off, and their variance. */
function weigh(
  values: ArrayLike<number>,
  shares: ArrayLike<number>,
  mean: number,
  lambda: number,
  weights: Float64Array,
): { off: number; variance: number } {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) most = Math.max(most, lambda * (values[i] - mean));
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    weights[i] = shares[i] * Math.exp(lambda * (values[i] - mean) - most);
    sum += weights[i];
  }
  let [off, square] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    weights[i] /= sum;
    const from = values[i] - mean;
    off += weights[i] * from;
    square += weights[i] * from * from;
  }
  return { off, variance: square - off * off };
}
