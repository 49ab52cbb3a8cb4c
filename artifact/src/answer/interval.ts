import { logistic } from './link.ts';

/** 0.95 quantile of the standard normal distribution: the half-width of a 90 % interval in standard deviations. */
const z = 1.6448536269514722;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The interval of a chance whose log-odds are normal with standard deviation `s` around a centre, given its mean `chance`: the
 * centre is found by the probit approximation of the logistic-normal mean (MacKay 1992, "The evidence framework applied to
 * classification networks", eq. 10), read backwards. Where little is known the mean of so skewed a distribution can lie beyond its
 * quantiles: the interval then ends at it, so that an answer is never outside its own interval.
 * @param score log-odds of the chance, as close to 0 and 1 as `logit` keeps them
 */
export function chanceInterval(chance: number, score: number, s: number): Interval {
  const centre = score * Math.sqrt(1 + (Math.PI * s * s) / 8);
  return containing(chance, { low: logistic(centre - z * s), high: logistic(centre + z * s) });
}

/** The interval of a normal value with mean `value` and standard deviation `s`. */
export const valueInterval = (value: number, s: number): Interval => ({
  low: value - z * s,
  high: value + z * s,
});

/** The interval, widened to the answer where it lies outside. */
export const containing = (answer: number, { low, high }: Interval): Interval => ({
  low: Math.min(low, answer),
  high: Math.max(high, answer),
});
