import type { Design } from '../design.ts';
import type { Recipe } from '../learners/index.ts';
import type { AnyLearner, Given } from '../learners/learner.ts';
import { type Fold, type FoldPool, type FoldPredictions, predictFold, type Stage } from './fold.ts';
import { labelsOf, type Split, splitRows } from './folds.ts';
import type { RandomMask } from './random-mask.ts';

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
  /** From the columns that each mask leaves, in the first repeat; [masks][rows × outputs]. */
  masked: Float64Array[];
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
  masks?: readonly RandomMask[];
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
  { stages = [], masks = [], most, onFold = () => {} }: OutOfFoldOptions = {},
): OutOfFold {
  const result = unpredicted(design, protocol, stages.length, masks.length);
  for (const { repeat, fold } of foldsOf(design, protocol, most)) {
    place(result, repeat, fold, predictFold(learner, fold, inRepeat(repeat, stages, masks)));
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
  { stages = [], masks = [], most, onFold = () => {} }: OutOfFoldOptions = {},
): Promise<OutOfFold> {
  const result = unpredicted(design, protocol, stages.length, masks.length);
  const folds = foldsOf(design, protocol, most).map(async ({ repeat, fold }) => {
    place(
      result,
      repeat,
      fold,
      await pool.predict({ recipe, fold, stages: inRepeat(repeat, stages, masks) }),
    );
    onFold();
  });
  await Promise.all(folds);
  return result;
}

/** Masked rows are predicted in the first repeat only. */
const inRepeat = (
  repeat: number,
  stages: readonly Given[],
  masks: readonly RandomMask[],
): readonly Stage[] => (repeat === 0 ? [...stages, ...masks] : stages);

function foldsOf(design: Design, protocol: Protocol, most = Infinity): { repeat: number; fold: Fold }[] {
  const { folds, seed } = protocol;
  return splitAll(design, protocol)
    .flatMap((splits, repeat) =>
      splits.map((split, held) => ({ repeat, fold: { ...split, seed: seed + repeat * folds + held } })),
    )
    .slice(0, most);
}

function unpredicted(
  { x, outputs }: Design,
  { repeats }: Protocol,
  stages: number,
  masks: number,
): OutOfFold {
  const none = () => new Float64Array(x.length * outputs).fill(Number.NaN);
  const whole = () => Array.from({ length: repeats }, none);
  return {
    whole: whole(),
    staged: Array.from({ length: stages }, whole),
    masked: Array.from({ length: masks }, none),
  };
}

function place(
  { whole, staged, masked }: OutOfFold,
  repeat: number,
  { test }: Fold,
  predictions: FoldPredictions,
): void {
  const outputs = predictions.whole.length / test.length;
  for (const [i, row] of test.entries()) {
    const write = (to: Float64Array, from: Float64Array) =>
      to.set(from.subarray(i * outputs, (i + 1) * outputs), row * outputs);
    write(whole[repeat], predictions.whole);
    const places = [...staged.map((stage) => stage[repeat]), ...masked];
    for (const [stage, predicted] of predictions.staged.entries()) write(places[stage], predicted);
  }
}
