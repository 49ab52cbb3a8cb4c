import type { Design } from '../design.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import { splitFold } from '../evaluation/folds.ts';
import { assignFolds, type Protocol } from '../evaluation/out-of-fold.ts';
import type { ModelRecipe } from '../learners/index.ts';
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
export async function learningCurve(
  pool: FoldPool,
  recipe: ModelRecipe,
  design: Design,
  protocol: Protocol,
  onFold: () => void,
): Promise<LearningPoint[]> {
  const [dealt] = assignFolds(design, { folds, repeats: 1, seed: protocol.seed });
  const points = shares.map(async (share) => {
    const held = Array.from({ length: folds }, async (_, fold) => {
      const { train, test } = splitFold(dealt, fold);
      const seed = protocol.seed + fold;
      const rows = permutation(train.length, createRandom(seed))
        .slice(0, Math.round(share * train.length))
        .map((i) => train[i])
        .sort();
      const { whole } = await pool.predict({ recipe, fold: { train: rows, test, seed }, stages: [] });
      onFold();
      const squares = test.reduce((sum, row, i) => sum + (whole[i] - design.target[row]) ** 2, 0);
      return { rows: rows.length, error: squares / test.length };
    });
    return pointOf(await Promise.all(held));
  });
  return Promise.all(points);
}

function pointOf(errors: readonly { rows: number; error: number }[]): LearningPoint {
  const score = errors.reduce((sum, { error }) => sum + error, 0) / folds;
  const squares = errors.reduce((sum, { error }) => sum + (error - score) ** 2, 0);
  return { rows: errors[0].rows, score, sd: Math.sqrt(squares / (folds - 1)) };
}

export const learningCurveSteps = shares.length * folds;
