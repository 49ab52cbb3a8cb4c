import {
  countScale,
  type Forest,
  intervalLevel,
  type Manifest,
  type OutcomeFormula,
  outcomeScale,
  type ValueEvaluation,
} from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { OutOfFold, Protocol } from '../evaluation/out-of-fold.ts';
import { lastInTail, predictionsByShare } from './by-share.ts';
import { type SpreadReader, shares, spreadReader } from './masks.ts';
import { predictedRows } from './rows.ts';

const method =
  'Quantiles of residuals of cross-fitted predictions, with 100, 75, 50, 25 and 0 % of the cells kept, scaled by the spread of the answer and the noise of the outcome, by the share of given columns: split conformal prediction with local scaling (Lei et al. 2018)';

interface Residual {
  /** Observed − predicted, of counts what rounding leaves of it, and what it is divided by. */
  difference: number;
  scale: number;
  fold: number;
  /** Scaled so that all rows weigh as much as the rows of equal weight that are as precise. */
  weight: number;
}

/** The interval of the outcome, and how often such intervals contain it. */
export interface LearnedOutcome {
  outcome: OutcomeFormula;
  coverage: NonNullable<ValueEvaluation['coverage']>;
}

/**
 * Chooses the quantiles of the outcome's interval by the ranks of conformal prediction, by the share of given columns (Mondrian). The
 * residuals are of models of other rows, the scales of the spread of all rows, which hardly depends on the target of one row.
 * Cross-fitting comes without the guarantee of a calibration set, but in practice covers as much (Barber et al. 2021).
 * @param design for all rows
 * @returns undefined where every share has fewer residuals than a quantile needs
 */
export function learnOutcome(
  design: Design,
  { spread, interval }: { spread: Forest; interval: NonNullable<Manifest['interval']> },
  outOfFold: OutOfFold,
  protocol: Protocol,
): LearnedOutcome | undefined {
  const spreadOf = spreadReader(design, spread, interval);
  const noise = noiseOf(design, outOfFold, spreadOf);
  const groups = residualsByShare(design, spreadOf, outOfFold, protocol, noise);
  const quantiles: OutcomeFormula['quantiles'] = [];
  const coverage: LearnedOutcome['coverage'] = [];
  for (const [i, given] of shares.entries()) {
    const ends = quantilesOf(groups[i]);
    if (!ends) continue;
    quantiles.push({ given, ...ends });
    const tested = testedByOthers(groups[i], protocol.folds);
    const widths = groups[i].map(({ scale }) => scale * (ends.high - ends.low)).sort((a, b) => a - b);
    // by rows, which say nothing of the level where they weigh differently
    if (tested.rows > 0 && !design.sampling?.weights)
      coverage.push({ given, ...tested, width: widths[widths.length >> 1] });
  }
  return quantiles.length === 0
    ? undefined
    : {
        outcome: { method, of: design.loss === 'poisson' ? 'count' : 'difference', noise, quantiles },
        coverage,
      };
}

/** What remains of the squared errors with all columns beside the doubt of the answer: at least a quarter. */
function noiseOf({ loss, target }: Design, { whole: [first] }: OutOfFold, spreadOf: SpreadReader): number {
  let [errors, doubts, size] = [0, 0, 0];
  for (const row of predictedRows(first, 1)) {
    errors += (target[row] - first[row]) ** 2;
    // of a count, s is of the logarithm, and the variance is a multiple of the mean
    doubts += (loss === 'poisson' ? first[row] * spreadOf(row) : spreadOf(row)) ** 2;
    size += loss === 'poisson' ? first[row] + 0.5 : 1;
  }
  return Math.sqrt(Math.max(errors - doubts, errors / 4) / size);
}

function residualsByShare(
  design: Design,
  spreadOf: SpreadReader,
  outOfFold: OutOfFold,
  protocol: Protocol,
  noise: number,
): Residual[][] {
  const { loss, target } = design;
  return predictionsByShare(design, outOfFold, protocol).map((group) =>
    group.map(({ row, kept, prediction, at, fold, weight }) => ({
      difference:
        loss === 'poisson' ? beyondRounding(target[row] - prediction[at]) : target[row] - prediction[at],
      scale:
        loss === 'poisson'
          ? countScale(prediction[at], spreadOf(row, kept), noise)
          : outcomeScale(spreadOf(row, kept), noise),
      fold,
      weight,
    })),
  );
}

/** How far beyond an answer an end of the interval of a count must be so that, rounded outward, it reaches the outcome. */
export const beyondRounding = (difference: number): number =>
  Math.sign(difference) * Math.max(0, Math.abs(difference) - 1 + 1e-9);

/** The quantiles of scaled residuals that have the level in each tail by rank, widened to 0; undefined for too few residuals. */
export function quantilesOf(
  residuals: readonly Pick<Residual, 'difference' | 'scale' | 'weight'>[],
): { low: number; high: number } | undefined {
  const scaled = residuals.map(({ difference, scale, weight }) => ({
    q: difference === 0 ? 0 : difference / scale,
    weight,
  }));
  scaled.sort((a, b) => a.q - b.q);
  const tail = (1 - intervalLevel) / 2;
  const low = lastInTail(scaled, tail);
  const high = lastInTail(scaled.toReversed(), tail);
  return low === undefined || high === undefined
    ? undefined
    : { low: Math.min(0, low), high: Math.max(0, high) };
}

/** How many residuals of each fold lie within the quantiles of the other folds. */
function testedByOthers(residuals: readonly Residual[], folds: number): { rows: number; covered: number } {
  let [rows, covered] = [0, 0];
  for (let held = 0; held < folds; held++) {
    const ends = quantilesOf(residuals.filter(({ fold }) => fold !== held));
    if (!ends) continue;
    for (const { difference, scale, fold } of residuals) {
      if (fold !== held) continue;
      rows++;
      if (difference >= ends.low * scale && difference <= ends.high * scale) covered++;
    }
  }
  return { rows, covered };
}
