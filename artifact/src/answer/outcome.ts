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
  of: v.picklist(['difference', 'ratio']),
  /** Standard deviation of the outcome around an answer from all columns; in logarithms for a ratio. */
  noise: v.pipe(finite, v.minValue(0)),
  quantiles: byShareGiven({ low: v.pipe(finite, v.maxValue(0)), high: v.pipe(finite, v.minValue(0)) }),
});
export type OutcomeFormula = v.InferOutput<typeof OutcomeFormula>;

/** The scale of a residual whose answer has the spread `s`. */
export const outcomeScale = (s: number, noise: number): number => Math.sqrt(s * s + noise * noise);

/** Makes the function from an answer, its spread and the number of given columns to the interval, which contains the answer. */
export function outcomeInterval({ of, noise, quantiles }: OutcomeFormula, columns: number) {
  const byGiven = byNumberGiven(quantiles, columns);
  return (answer: number, s: number, given: number): Interval => {
    const { low, high } = byGiven[given];
    const scale = outcomeScale(s, noise);
    return of === 'ratio'
      ? { low: answer * Math.exp(low * scale), high: answer * Math.exp(high * scale) }
      : { low: answer + low * scale, high: answer + high * scale };
  };
}
