import type { Family } from './family.ts';
import type { PenalisedFit } from './penalised-fit.ts';

/**
 * Logarithm of how probable the targets are when the penalties are read as a Gaussian prior, by Laplace's approximation around the
 * fit, but for a constant (MacKay 1992, Neural Computation 4, 415-447).
 */
export function logEvidence(
  { coefficients, score, factor }: PenalisedFit,
  penalty: Float64Array,
  target: Float64Array,
  family: Family,
): number {
  let evidence = -family.loss(score, target);
  for (const [k, beta] of coefficients.entries())
    evidence += (Math.log(penalty[k]) - penalty[k] * beta * beta) / 2;
  for (const [k, row] of factor.entries()) evidence -= Math.log(row[k]);
  return evidence;
}
