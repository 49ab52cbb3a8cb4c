import type { Design } from '../design.ts';
import type { AnyLearner, Recipe } from '../learners/index.ts';
import type { Given } from '../learners/learner.ts';
import { type Fold, type FoldPool, type FoldPredictions, predictFold } from './fold.ts';
import { labelsOf, type Split, splitRows } from './folds.ts';

export interface Protocol {
  folds: number;
  repeats: number;
  seed: number;
}

/** Predictions of rows by models that were not trained on them. */
export interface OutOfFold {
  /** From all columns; [repeats][rows × outputs], NaN where a row was not predicted. */
  whole: Float64Array[];
  /** From the columns of each stage; [stages][repeats][rows × outputs]. */
  staged: Float64Array[][];
}

/** The splits of every row, [repeats][folds]; folds have equal shares of the classes. */
export const splitAll = (design: Design, { folds, repeats, seed }: Protocol): Split[][] => {
  const rows = Int32Array.from(design.x.keys());
  const labels = labelsOf(design);
  const { sampling } = design;
  return Array.from({ length: repeats }, (_, repeat) =>
    splitRows({ rows, labels, sampling }, folds, seed + repeat),
  );
};

interface OutOfFoldOptions {
  stages?: readonly Given[];
  /** Number of folds to predict, for learners too slow for all of them. */
  most?: number;
  onFold?: () => void;
}

/**
 * Repeated stratified k-fold cross-validation, of groups or in the order of time where the table has them. A learner that chooses its own options does so within the training rows, so these folds
 * are the outer ones of a nested cross-validation.
 */
export function predictOutOfFold(
  learner: AnyLearner,
  design: Design,
  protocol: Protocol,
  { stages = [], most, onFold = () => {} }: OutOfFoldOptions = {},
): OutOfFold {
  const result = unpredicted(design, protocol, stages.length);
  for (const { repeat, fold } of foldsOf(design, protocol, most)) {
    place(result, repeat, fold, predictFold(learner, fold, stages));
    onFold();
  }
  return result;
}

/** `predictOutOfFold` in a pool, which may train on several folds at once. */
export async function predictOutOfFoldInPool(
  pool: FoldPool,
  recipe: Recipe,
  design: Design,
  protocol: Protocol,
  { stages = [], most, onFold = () => {} }: OutOfFoldOptions = {},
): Promise<OutOfFold> {
  const result = unpredicted(design, protocol, stages.length);
  const folds = foldsOf(design, protocol, most).map(async ({ repeat, fold }) => {
    place(result, repeat, fold, await pool.predict({ recipe, fold, stages }));
    onFold();
  });
  await Promise.all(folds);
  return result;
}

function foldsOf(design: Design, protocol: Protocol, most = Infinity): { repeat: number; fold: Fold }[] {
  const { folds, seed } = protocol;
  return splitAll(design, protocol)
    .flatMap((splits, repeat) =>
      splits.map((split, held) => ({ repeat, fold: { ...split, seed: seed + repeat * folds + held } })),
    )
    .slice(0, most);
}

function unpredicted({ x, outputs }: Design, { repeats }: Protocol, stages: number): OutOfFold {
  const none = () => new Float64Array(x.length * outputs).fill(Number.NaN);
  const whole = () => Array.from({ length: repeats }, none);
  return { whole: whole(), staged: Array.from({ length: stages }, whole) };
}

function place(
  { whole, staged }: OutOfFold,
  repeat: number,
  { test }: Fold,
  predictions: FoldPredictions,
): void {
  const outputs = predictions.whole.length / test.length;
  for (const [i, row] of test.entries()) {
    const write = (to: Float64Array, from: Float64Array) =>
      to.set(from.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    write(whole[repeat], predictions.whole);
    for (const [stage, predicted] of predictions.staged.entries()) write(staged[stage][repeat], predicted);
  }
}
