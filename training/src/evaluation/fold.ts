import type { Design } from '../design.ts';
import { type LearnedInterval, learnInterval } from '../learners/additive/learner.ts';
import { createLearner, createModelLearner, type ModelRecipe, type Recipe } from '../learners/index.ts';
import type { AnyLearner, Given, Publishable } from '../learners/learner.ts';
import type { Split } from './folds.ts';
import { keptColumns, type RandomMask } from './random-mask.ts';

/** The rows of one step of cross-validation, and the seed to train with. */
export interface Fold extends Split {
  seed: number;
}

/** Predictions of the rows of a fold, in their order. */
export interface FoldPredictions {
  /** [test × outputs] */
  whole: Float64Array;
  /** [stages][test × outputs] */
  staged: Float64Array[];
}

/** Which columns are given: the same for all rows, or others for each row. */
export type Stage = Given | RandomMask;

export function predictFold(
  learner: AnyLearner,
  { train, test, seed }: Fold,
  stages: readonly Stage[],
): FoldPredictions {
  const learned = learner.learn(train, seed);
  const predict = (stage?: Stage) => {
    const given = stage && 'share' in stage ? (row: number) => keptColumns(stage, row) : stage;
    if ('predictClasses' in learned) return learned.predictClasses(test, given);
    const givenIn = typeof given === 'function' ? given : () => given;
    return Float64Array.from(test, (row) => learned.predict(row, givenIn(row)));
  };
  return { whole: predict(), staged: stages.map(predict) };
}

/** Train this recipe on a fold, and predict its test rows with all columns and with those of each stage. */
export interface FoldTask {
  recipe: Recipe;
  fold: Fold;
  stages: readonly Stage[];
}

/** Learn from these rows what is published. */
export interface RowsTask {
  rows: Int32Array;
  seed: number;
}

/** What a pool can do, by the name of the task. */
export interface Tasks {
  predict(task: FoldTask): FoldPredictions;
  learn(task: RowsTask & { recipe: ModelRecipe; threads?: number }): Publishable;
  learnInterval(task: RowsTask): LearnedInterval;
}

/** The tasks on a design, on the calling thread. */
export const tasksOn = (design: Design): Tasks => ({
  predict: ({ recipe, fold, stages }) => predictFold(createLearner(recipe, design), fold, stages),
  learn({ recipe, rows, seed, threads }) {
    const { trees, answer, engine, added } = createModelLearner(recipe, design).learn(rows, seed, threads);
    return { trees, answer, engine, ...(added && { added }) };
  },
  learnInterval: ({ rows, seed }) => learnInterval(design, rows, seed),
});

/** A prediction is not wanted any more. */
export class Abandoned extends Error {}

/** Does tasks on one table. The same task gives the same result in every pool. */
export type FoldPool = {
  [Name in keyof Tasks]: (task: Parameters<Tasks[Name]>[0]) => Promise<ReturnType<Tasks[Name]>>;
} & {
  /**
   * Rejects all predictions that are not finished with `Abandoned`, where they are made in threads. Models are still learned.
   * @returns whether there were any
   */
  abandon(): boolean;
  /** Stops all work; pending predictions stay pending. */
  close(): Promise<void>;
};
