import { type Family, families, squared } from './family.ts';
import { withPairs } from './pairs.ts';
import type { PenalisedFit } from './penalised-fit.ts';
import { type DesignMatrix, fitPenalised, leverages } from './penalised-fit.ts';
import { functionsOf, type Penalties, type Prepared, penaltyOf, stepsOf } from './subset-model.ts';

const mainFactors = [1 / 4, 1 / 2, 1, 2, 4];
/** Ridge of the product of two columns, relative to that of a column. */
const pairFactors = [48, 16, 6];

/** Laplace's approximation underestimates the variance by about this factor on simulated tables of 300 rows (bench/model/intervals.md). */
const inflation = 1.25;

/** Posterior mean and variance of each row's score if every column is known; [rows]. */
export interface FullScore {
  mean: Float64Array;
  variance: Float64Array;
}

interface Posterior extends FullScore {
  logEvidence: number;
}

/**
 * The posterior of the score, with the penalties as the prior (Laplace's approximation, x' H⁻¹ x). It is averaged, weighted by evidence
 * (MacKay 1992, Neural Computation 4, 415-447 and 720-736), over penalties around the given ones and over strengths of interaction, because
 * few rows cannot rule out that the truth is rougher or not quite additive.
 */
export function fullScore(prepared: Prepared, penalties: Penalties): FullScore {
  const { design, table, target, basis, weights } = prepared;
  const every = Array.from(basis.keys());
  const functions = functionsOf(prepared, every);
  const family = families[table.loss];
  const noise = family.isStandardised
    ? noiseDeviation(prepared, functions, penaltyOf(prepared, every, penalties))
    : 1;
  const scaled = target.map((y) => y / noise);
  const mains = mainFactors.flatMap((ridge) =>
    mainFactors.map((smooth) => {
      const penalty = penaltyOf(prepared, every, {
        ridge: penalties.ridge * ridge,
        smooth: penalties.smooth * smooth,
      });
      return { penalty, posterior: posteriorUnder(design, functions, penalty, scaled, family, weights) };
    }),
  );
  const best = mains.reduce((a, b) => (b.posterior.logEvidence > a.posterior.logEvidence ? b : a));
  const paired = withPairs(prepared, columnWeights(prepared, penalties));
  const all = Int32Array.from({ length: paired.functions }, (_, f) => f);
  const pairs = pairFactors.map((factor) => {
    const penalty = new Float64Array(paired.functions).fill(factor * best.penalty[0]);
    penalty.set(best.penalty);
    return posteriorUnder(paired, all, penalty, scaled, family, weights);
  });
  const additive = {
    ...mix(mains.map(({ posterior }) => posterior)),
    logEvidence: best.posterior.logEvidence,
  };
  const { mean, variance } = mix([additive, ...pairs]);
  return { mean: mean.map((score) => score * noise), variance: variance.map((v) => v * noise * noise) };
}

function posteriorUnder(
  design: DesignMatrix,
  functions: Int32Array,
  penalty: Float64Array,
  target: Float64Array,
  family: Family,
  weights?: Float64Array,
): Posterior {
  const fit = fitPenalised(design, functions, penalty, target, family, weights);
  return {
    mean: fit.score,
    variance: leverages(design, functions, fit).map((v) => inflation * v),
    logEvidence: logEvidence(fit, penalty, target, family, weights),
  };
}

/** Mean and variance of the mixture, for each row. The variance is the mean of the variances plus the variance of the means. */
function mix(posteriors: readonly Posterior[]): FullScore {
  const most = Math.max(...posteriors.map((posterior) => posterior.logEvidence));
  const weights = posteriors.map((posterior) => Math.exp(posterior.logEvidence - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (value: (posterior: Posterior, i: number) => number) =>
    posteriors[0].mean.map((_, i) =>
      posteriors.reduce((sum, posterior, k) => sum + (weights[k] / total) * value(posterior, i), 0),
    );
  const mean = average((posterior, i) => posterior.mean[i]);
  return {
    mean,
    variance: average((posterior, i) => posterior.variance[i] + (posterior.mean[i] - mean[i]) ** 2),
  };
}

/** Variance of each column's part of the score. */
function columnWeights(prepared: Prepared, penalties: Penalties): Float64Array {
  const { basis, design, target, table, weights } = prepared;
  const every = Array.from(basis.keys());
  const family = families[table.loss];
  const fit = fitPenalised(
    design,
    functionsOf(prepared, every),
    penaltyOf(prepared, every, penalties),
    target,
    family,
    weights,
  );
  const { steps } = stepsOf(prepared, every, fit);
  return Float64Array.from(basis, ({ share }, j) =>
    share.reduce((sum, part, b) => sum + part * (steps[j]?.[b] ?? 0) ** 2, 0),
  );
}

function noiseDeviation(
  { design, target, weights }: Prepared,
  functions: Int32Array,
  penalty: Float64Array,
): number {
  const weight = (i: number) => (weights ? weights[i] : 1);
  const fit = fitPenalised(design, functions, penalty, target, squared, weights);
  const freedom = leverages(design, functions, fit).reduce((sum, h, i) => sum + weight(i) * h, 0);
  const rows = target.reduce((sum, _, i) => sum + weight(i), 0);
  return Math.sqrt((2 * squared.loss(fit.score, target, weights)) / Math.max(1, rows - freedom)) || 1;
}

/**
 * Log probability of the targets with the penalties as a Gaussian prior, by Laplace's approximation around the fit, up to a constant
 * (MacKay 1992, Neural Computation 4, 415-447).
 */
export function logEvidence(
  { coefficients, score, factor }: PenalisedFit,
  penalty: Float64Array,
  target: Float64Array,
  family: Family,
  weights?: Float64Array,
): number {
  let evidence = -family.loss(score, target, weights);
  for (const [k, beta] of coefficients.entries())
    evidence += (Math.log(penalty[k]) - penalty[k] * beta * beta) / 2;
  for (const [k, row] of factor.entries()) evidence -= Math.log(row[k]);
  return evidence;
}
