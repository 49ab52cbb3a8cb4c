import * as v from 'valibot';
import { byNumberGiven, byShareGiven } from './given.ts';
import type { Interval } from './interval.ts';

const finite = v.pipe(v.number(), v.finite());

/**
 * Where the outcome lies, in the level of the interval: answer + q · √(s² + noise²), or answer · exp(q · √(s² + noise²)). The quantiles q
 * are those of scaled out-of-fold residuals, by the share of the used columns that are given: split conformal prediction with local
 * scaling (Lei et al. 2018), by group (Mondrian).
 */
export const OutcomeFormula = v.strictObject({
  method: v.string(),
  of: v.picklist(['difference', 'ratio', 'count']),
  /** Standard deviation of the outcome around an answer from all columns; in logarithms for a ratio; of a count, as a multiple of the root of the mean. */
  noise: v.pipe(finite, v.minValue(0)),
  quantiles: byShareGiven({ low: v.pipe(finite, v.maxValue(0)), high: v.pipe(finite, v.minValue(0)) }),
});
export type OutcomeFormula = v.InferOutput<typeof OutcomeFormula>;

/** The scale of a residual whose answer has the spread `s`. */
export const outcomeScale = (s: number, noise: number): number => Math.sqrt(s * s + noise * noise);

/**
 * The scale of the residual of a count: its variance is `noise`² times the mean, which is 1 for a Poisson distribution, plus that of
 * the mean, whose logarithm has the spread `s`. The half keeps it above 0.
 */
export const countScale = (answer: number, s: number, noise: number): number =>
  Math.sqrt(noise * noise * (answer + 0.5) + answer * answer * s * s);

/** Makes the function from an answer, its spread and the number of given columns to the interval, which contains the answer. */
export function outcomeInterval({ of, noise, quantiles }: OutcomeFormula, columns: number) {
  const byGiven = byNumberGiven(quantiles, columns);
  return (answer: number, s: number, given: number): Interval => {
    const { low, high } = byGiven[given];
    if (of === 'count') {
      const scale = countScale(answer, s, noise);
      return { low: Math.max(0, Math.floor(answer + low * scale)), high: Math.ceil(answer + high * scale) };
    }
    const scale = outcomeScale(s, noise);
    return of === 'ratio'
      ? { low: answer * Math.exp(low * scale), high: answer * Math.exp(high * scale) }
      : { low: answer + low * scale, high: answer + high * scale };
  };
}
