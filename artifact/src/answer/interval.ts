import { logistic } from './link.ts';

/** 0.95 quantile of the standard normal distribution: the half-width of a 90 % interval in standard deviations. */
const z = 1.6448536269514722;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The interval of a probability whose log-odds are normally distributed with standard deviation `s`, given its mean. The centre of
 * the log-odds comes from the inverse of the probit approximation of the logistic-normal mean (MacKay 1992, "The evidence framework
 * applied to classification networks", eq. 10). If `s` is large, the mean of this skewed distribution can lie beyond its quantiles;
 * the interval then ends at the mean, so that an answer is never outside its own interval.
 * @param mean the probability that is answered
 * @param score its log-odds, finite
 */
export function probabilityInterval(mean: number, score: number, s: number): Interval {
  const centre = score * Math.sqrt(1 + (Math.PI * s * s) / 8);
  return containing(mean, { low: logistic(centre - z * s), high: logistic(centre + z * s) });
}

/** The interval of a value that is normal with standard deviation `s`, or whose logarithm `score` is. */
export const valueInterval = (value: number, s: number, score?: number): Interval =>
  score === undefined
    ? { low: value - z * s, high: value + z * s }
    : { low: Math.exp(score - z * s), high: Math.exp(score + z * s) };

/** The interval, widened to contain the answer. */
export const containing = (answer: number, { low, high }: Interval): Interval => ({
  low: Math.min(low, answer),
  high: Math.max(high, answer),
});
