import * as v from 'valibot';
import { byShareGiven, share } from './given.ts';
import { logistic } from './link.ts';
import { normalQuantile } from './normal.ts';

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

/**
 * The interval of a probability as the shortest one, in versions that have it: by the share of the used columns that are given, the share
 * of s² that the others cause.
 */
export const ShortestFormula = v.strictObject({
  method: v.string(),
  missing: byShareGiven({ share }),
});
export type ShortestFormula = v.InferOutput<typeof ShortestFormula>;

/** An answer lies at least so many standard deviations inside its interval. */
const inside = 0.25;

/**
 * The interval of a probability whose log-odds are normal with standard deviation `s`: of all that hold 90 %, nearly the shortest.
 *
 * The answer is the mean over the columns that are not given, so their part of s² moves the centre of the log-odds away from 0 (MacKay
 * 1992, eq. 10); the doubt of the fit does not, because the answer is the mode of the fit. Where the ends of the shortest interval have
 * equal density (Box & Tiao 1973, section 2.8), the 10 % outside are nearly all on the side of 1/2: the mass below is
 * 0.05 + 0.049 tanh(2.25 s tanh(m / 2)), at most 5 % longer than the shortest and without its jump where the density has two
 * modes. The mean of a skewed distribution can still have less than that mass on one side; the interval then reaches a quarter of a
 * standard deviation beyond it.
 * @param score log-odds of the probability that is answered, finite
 * @param missing the share of s² that the columns that are not given cause
 */
export function shortestInterval(score: number, s: number, missing: number): Interval {
  const centre = score * Math.sqrt(1 + (Math.PI * missing * s * s) / 8);
  const below = 0.05 + 0.049 * Math.tanh(2.25 * s * Math.tanh(centre / 2));
  const beyond = inside * s;
  return {
    low: logistic(Math.min(centre + s * normalQuantile(below), score - beyond)),
    high: logistic(Math.max(centre + s * normalQuantile(below + 0.9), score + beyond)),
  };
}

/** The interval of a value that is normal with standard deviation `s`, or whose logarithm `score` is. */
export const valueInterval = (value: number, s: number, score?: number): Interval =>
  score === undefined
    ? { low: value - z * s, high: value + z * s }
    : { low: Math.exp(score - z * s), high: Math.exp(score + z * s) };

/** The interval of a mean above 0 whose logarithm is normal with standard deviation `s`. */
export const meanInterval = (mean: number, s: number): Interval => ({
  low: mean * Math.exp(-z * s),
  high: mean * Math.exp(z * s),
});

/** The interval, widened to contain the answer. */
export const containing = (answer: number, { low, high }: Interval): Interval => ({
  low: Math.min(low, answer),
  high: Math.max(high, answer),
});
