import { logGamma, squared } from './family.ts';
import { fullScore } from './full-score.ts';
import { knownVariables, type Mask } from './masks.ts';
import { fitPenalised, leverages } from './penalised-fit.ts';
import {
  type AdditiveScore,
  functionsOf,
  type Penalties,
  type Prepared,
  penaltyOf,
  stepsOf,
} from './subset-model.ts';

const forDistances: Penalties = { ridge: 10, smooth: 3 };
const forScores: Penalties = { ridge: 1, smooth: 0.3 };

/**
 * The standard deviation s of a row's full score (the score if every column were known), given the known columns. For each state of
 * knowledge, log s is an additive score.
 *
 * s² is the expectation, given the known columns, of the sum of two squared distances: of the full score from its regression on the
 * known columns, and of the true full score from the fitted one.
 */
export function fitSpread(prepared: Prepared, penalties: Penalties): (mask: Mask) => AdditiveScore {
  const { weights } = prepared;
  const full = fullScore(prepared, penalties);
  return (mask) => {
    const known = knownVariables(mask, prepared.owners);
    const distance = unexplained(prepared, known, full.mean).map((d, i) => d + full.variance[i]);
    const weight = (i: number) => (weights ? weights[i] : 1);
    const total = distance.reduce((sum, _, i) => sum + weight(i), 0);
    const mean = distance.reduce((sum, d, i) => sum + weight(i) * d, 0) / total;
    const functions = functionsOf(prepared, known);
    const penalty = penaltyOf(prepared, known, forDistances);
    const fit = fitPenalised(
      prepared.design,
      functions,
      penalty,
      distance.map((d) => d / mean),
      logGamma,
      weights,
    );
    const { intercept, steps } = stepsOf(prepared, known, fit);
    return {
      intercept: (intercept + Math.log(mean)) / 2,
      steps: steps.map((heights) => heights?.map((height) => height / 2)),
    };
  };
}

/** Squared distances of the full score from its regression on the known columns, corrected for the leverage of each row in it. */
function unexplained(prepared: Prepared, known: readonly number[], score: Float64Array): Float64Array {
  const { design, weights } = prepared;
  const functions = functionsOf(prepared, known);
  const penalty = penaltyOf(prepared, known, forScores);
  const fit = fitPenalised(design, functions, penalty, score, squared, weights);
  return leverages(design, functions, fit).map(
    (h, i) => (score[i] - fit.score[i]) ** 2 / (1 - Math.min((weights ? weights[i] : 1) * h, 0.9)),
  );
}
