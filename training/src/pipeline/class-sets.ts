import { type ClassEvaluation, intervalLevel, type PredictionSet, setWriter } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { OutOfFold, Protocol } from '../evaluation/out-of-fold.ts';
import { lastInTail, type MaskedPrediction, predictionsByShare } from './by-share.ts';
import { shares } from './masks.ts';

const method =
  'Least ambiguous sets (Sadinle, Lei & Wasserman 2019): quantiles of cross-fitted probabilities of the true class, with 100, 75, 50, 25 and 0 % of the cells kept, by the share of given columns';

/** The prediction sets of classes, and how often such sets hold the class. */
export interface LearnedSets {
  predictionSet: PredictionSet;
  coverage: NonNullable<ClassEvaluation['coverage']>;
}

/**
 * Chooses the thresholds of the sets by the ranks of conformal prediction, by the share of given columns (Mondrian), as `learnOutcome`
 * does for numbers. Of the known ways, sets by a threshold are the smallest; adaptive sets (Romano et al. 2020; Angelopoulos et al. 2021)
 * hold the class of rare classes more often, but have up to six times as many classes (docs/ARCHITECTURE.md).
 */
export function learnSets(design: Design, outOfFold: OutOfFold, protocol: Protocol): LearnedSets {
  const groups = predictionsByShare(design, outOfFold, protocol).map((group) =>
    group.map((each) => ({ ...each, q: each.prediction[each.at + design.target[each.row]] })),
  );
  const thresholds = shares.map((given, i) => ({ given, least: thresholdOf(groups[i], given) }));
  const coverage = shares.flatMap((given, i) => {
    const { rows, covered, size } = testedByOthers(groups[i], given, design, protocol.folds);
    // by rows, which say nothing of the level where they weigh differently
    return rows === 0 || design.sampling?.weights || design.sampling?.priors
      ? []
      : [{ given, rows, covered, width: size / rows }];
  });
  return { predictionSet: { level: intervalLevel, method, thresholds }, coverage };
}

interface Scored extends MaskedPrediction {
  /** The probability of the true class. */
  q: number;
}

/** The probability of rank ⌊0.1 (n + 1)⌋; 0, and so every class, for too few rows. */
function thresholdOf(group: readonly Scored[], given: number): number {
  const sorted = group.toSorted((a, b) => a.q - b.q);
  const least = lastInTail(sorted, 1 - intervalLevel) ?? 0;
  if (given > 0) return least;
  // without any column all rows of a fold have the shares of its classes, which differ from those of all rows by the rounding of one
  const total = group.reduce((sum, { weight }) => sum + weight, 0);
  const largest = group.reduce((most, { weight }) => Math.max(most, weight), 0);
  return Math.max(0, least - (2 * largest) / Math.max(1, total));
}

/** How many sets of each fold, by the threshold of the other folds, hold the class. */
function testedByOthers(group: readonly Scored[], given: number, { outputs, target }: Design, folds: number) {
  let [rows, covered, size] = [0, 0, 0];
  const set = new Uint8Array(outputs);
  for (let held = 0; held < folds; held++) {
    const others = group.filter(({ fold }) => fold !== held);
    if (others.length === 0) continue;
    const least = thresholdOf(others, given);
    const write = setWriter({ level: intervalLevel, method, thresholds: [{ given, least }] }, outputs, 1);
    for (const { prediction, at, row, fold } of group) {
      if (fold !== held) continue;
      write(prediction.subarray(at, at + outputs), set, 0, 0);
      rows++;
      covered += set[target[row]];
      for (const each of set) size += each;
    }
  }
  return { rows, covered, size };
}
