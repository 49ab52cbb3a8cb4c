import type { Design } from '../design.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import { splitFold } from '../evaluation/folds.ts';
import { assignFolds, type Protocol } from '../evaluation/out-of-fold.ts';
import { squaredError } from '../evaluation/row-loss.ts';
import type { ModelRecipe } from '../learners/index.ts';
import { sampleRows } from '../random.ts';

export interface LearningPoint {
  /** Number of training rows. */
  rows: number;
  /** Mean squared error (for probabilities, the Brier score) on the held-out rows, and its standard deviation over the folds. */
  score: number;
  sd: number;
}

const shares = [0.2, 0.4, 0.7, 1];
const folds = 4;

/** The error as a function of the number of training rows: each fold trains on each share of its rows. */
export async function learningCurve(
  pool: FoldPool,
  recipe: ModelRecipe,
  design: Design,
  protocol: Protocol,
  onFold: () => void,
): Promise<LearningPoint[]> {
  const [assigned] = assignFolds(design, { folds, repeats: 1, seed: protocol.seed });
  const points = shares.map(async (share) => {
    const held = Array.from({ length: folds }, async (_, fold) => {
      const { train, test } = splitFold(assigned, fold);
      const seed = protocol.seed + fold;
      const rows = sampleRows(train, Math.round(share * train.length), seed);
      const { whole } = await pool.predict({ recipe, fold: { train: rows, test, seed }, stages: [] });
      onFold();
      const { target, outputs } = design;
      const squares = test.reduce((sum, row, i) => sum + squaredError(target[row], whole, i, outputs), 0);
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

/** How often `learningCurve` calls `onFold`. */
export const learningCurveSteps = shares.length * folds;
