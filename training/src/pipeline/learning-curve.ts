import type { Candidate } from '../contenders/contender.ts';
import type { Design } from '../design.ts';
import { splitFold } from '../evaluation/folds.ts';
import { dealFolds, type Protocol } from '../evaluation/out-of-fold.ts';
import { createRandom, permutation } from '../random.ts';

export interface LearningPoint {
  /** Rows learned from. */
  rows: number;
  /** Mean squared error (for chances: the Brier score) on rows not learned from, and its standard deviation over the folds. */
  score: number;
  sd: number;
}

const shares = [0.2, 0.4, 0.7, 1];
const folds = 4;

/** How the error falls as more rows are learned from: each share of the training rows of every fold. */
export function learningCurve(
  candidate: Candidate,
  design: Design,
  protocol: Protocol,
  onFold: () => void,
): LearningPoint[] {
  const [fold] = dealFolds(design, { folds, repeats: 1, seed: protocol.seed });
  return shares.map((share) => {
    const errors = Array.from({ length: folds }, (_, held) => {
      const { train, test } = splitFold(fold, held);
      const order = permutation(train.length, createRandom(protocol.seed + held));
      const rows = order
        .slice(0, Math.round(share * train.length))
        .map((i) => train[i])
        .sort();
      const { predict } = candidate.learn(rows, protocol.seed + held);
      onFold();
      return {
        rows: rows.length,
        error: test.reduce((sum, row) => sum + (predict(row) - design.target[row]) ** 2, 0) / test.length,
      };
    });
    const score = errors.reduce((sum, { error }) => sum + error, 0) / folds;
    const squares = errors.reduce((sum, { error }) => sum + (error - score) ** 2, 0);
    return { rows: errors[0].rows, score, sd: Math.sqrt(squares / (folds - 1)) };
  });
}

export const learningCurveSteps = shares.length * folds;
