import { type Family, families, squared } from './family.ts';
import { withPairs } from './pairs.ts';
import type { PenalisedFit } from './penalised-fit.ts';
import { type DesignMatrix, fitPenalised, leverages } from './penalised-fit.ts';
import { functionsOf, type Penalties, type Prepared, penaltyOf, stepsOf } from './subset-model.ts';

const mainFactors = [1 / 4, 1 / 2, 1, 2, 4];
/** How much more the product of two columns is held back than a column. */
const pairFactors = [48, 16, 6];

/** Laplace's approximation is too sure by about this factor on simulated tables of 300 rows (`pnpm bench intervals`). */
const caution = 1.25;

/** What is believed of each row's score when every column is known; [rows]. */
export interface FullScore {
  mean: Float64Array;
  variance: Float64Array;
}

interface Belief extends FullScore {
  logEvidence: number;
}

/**
 * The posterior of the score under the penalties as prior (Laplace's approximation, x' H⁻¹ x), averaged over penalties around the
 * given ones and over how strongly two columns act together, by their evidence (MacKay 1992, Neural Computation 4, 415-447 and
 * 720-736): so it covers that little data cannot rule out a rougher or not quite additive truth.
 */
export function fullScore(prepared: Prepared, penalties: Penalties): FullScore {
  const { design, table, target, basis } = prepared;
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
      return { penalty, belief: believe(design, functions, penalty, scaled, family) };
    }),
  );
  const best = mains.reduce((a, b) => (b.belief.logEvidence > a.belief.logEvidence ? b : a));
  const paired = withPairs(prepared, columnWeights(prepared, penalties));
  const all = Int32Array.from({ length: paired.functions }, (_, f) => f);
  const pairs = pairFactors.map((factor) => {
    const penalty = new Float64Array(paired.functions).fill(factor * best.penalty[0]);
    penalty.set(best.penalty);
    return believe(paired, all, penalty, scaled, family);
  });
  const additive = { ...mix(mains.map(({ belief }) => belief)), logEvidence: best.belief.logEvidence };
  const { mean, variance } = mix([additive, ...pairs]);
  return { mean: mean.map((score) => score * noise), variance: variance.map((v) => v * noise * noise) };
}

function believe(
  design: DesignMatrix,
  functions: Int32Array,
  penalty: Float64Array,
  target: Float64Array,
  family: Family,
): Belief {
  const fit = fitPenalised(design, functions, penalty, target, family);
  return {
    mean: fit.score,
    variance: leverages(design, functions, fit).map((v) => caution * v),
    logEvidence: logEvidence(fit, penalty, target, family),
  };
}

/** The mixture's mean and variance, row by row: the mean of the variances and the variance of the means, weighted by evidence. */
function mix(beliefs: readonly Belief[]): FullScore {
  const most = Math.max(...beliefs.map((belief) => belief.logEvidence));
  const weights = beliefs.map((belief) => Math.exp(belief.logEvidence - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (value: (belief: Belief, i: number) => number) =>
    beliefs[0].mean.map((_, i) =>
      beliefs.reduce((sum, belief, k) => sum + (weights[k] / total) * value(belief, i), 0),
    );
  const mean = average((belief, i) => belief.mean[i]);
  return { mean, variance: average((belief, i) => belief.variance[i] + (belief.mean[i] - mean[i]) ** 2) };
}

/** Variance of each column's share of the score. */
function columnWeights(prepared: Prepared, penalties: Penalties): Float64Array {
  const { basis, design, target, table } = prepared;
  const every = Array.from(basis.keys());
  const family = families[table.loss];
  const fit = fitPenalised(
    design,
    functionsOf(prepared, every),
    penaltyOf(prepared, every, penalties),
    target,
    family,
  );
  const { steps } = stepsOf(prepared, every, fit);
  return Float64Array.from(basis, ({ share }, j) =>
    share.reduce((sum, part, b) => sum + part * (steps[j]?.[b] ?? 0) ** 2, 0),
  );
}

function noiseDeviation({ design, target }: Prepared, functions: Int32Array, penalty: Float64Array): number {
  const fit = fitPenalised(design, functions, penalty, target, squared);
  const freedom = leverages(design, functions, fit).reduce((sum, h) => sum + h, 0);
  return Math.sqrt((2 * squared.loss(fit.score, target)) / Math.max(1, target.length - freedom)) || 1;
}

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
