import type { Design } from '../design.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import type { Split } from '../evaluation/folds.ts';
import { type Protocol, splitAll } from '../evaluation/out-of-fold.ts';
import { rowLossOf } from '../evaluation/row-loss.ts';
import type { ModelRecipe } from '../learners/index.ts';
import { sampleRows } from '../random.ts';
import { scoringOf } from '../sampling/prior.ts';
import { totalWeight } from '../sampling/sampling.ts';

export interface LearningPoint {
  /** Number of training rows. */
  rows: number;
  /** Mean loss (`rowLossOf`) on the held-out rows, and its standard deviation over the folds. */
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
  const splits = curveSplits(design, protocol);
  const { weights } = scoringOf(design);
  const loss = rowLossOf(design);
  const points = shares.map(async (share) => {
    const held = splits.map(async ({ train, test }, fold) => {
      const seed = protocol.seed + fold;
      const rows = sampleRows(train, Math.round(share * train.length), seed);
      const { whole } = await pool.predict({ recipe, fold: { train: rows, test, seed }, stages: [] });
      onFold();
      const { target } = design;
      const squares = test.reduce(
        (sum, row, i) => sum + (weights?.[row] ?? 1) * loss(target[row], whole, i),
        0,
      );
      return { rows: rows.length, error: squares / totalWeight(test, weights) };
    });
    return pointOf(await Promise.all(held), design);
  });
  return Promise.all(points);
}

const curveSplits = (design: Design, { seed }: Protocol): Split[] =>
  splitAll(design, { folds, repeats: 1, seed })[0];

function pointOf(
  errors: readonly { rows: number; error: number }[],
  { sampling }: Pick<Design, 'sampling'>,
): LearningPoint {
  const count = errors.length;
  const score = errors.reduce((sum, { error }) => sum + error, 0) / count;
  const squares = errors.reduce((sum, { error }) => sum + (error - score) ** 2, 0);
  // in the order of time, each fold trains on more rows than the one before it
  const rows = sampling?.times
    ? Math.round(errors.reduce((sum, each) => sum + each.rows, 0) / count)
    : errors[0].rows;
  return { rows, score, sd: Math.sqrt(squares / Math.max(1, count - 1)) };
}

/** How often `learningCurve` calls `onFold`. */
export const learningCurveSteps = (design: Design, protocol: Protocol): number =>
  shares.length * curveSplits(design, protocol).length;
