import type { Recipe } from '../learners/index.ts';
import type { Given, Learner } from '../learners/learner.ts';
import type { Split } from './folds.ts';

/** The rows of one step of cross-validation, and the seed to train with. */
export interface Fold extends Split {
  seed: number;
}

/** Predictions of the rows of a fold, in their order. */
export interface FoldPredictions {
  /** [test] */
  whole: Float64Array;
  /** [stages][test] */
  staged: Float64Array[];
}

export function predictFold(
  learner: Learner,
  { train, test, seed }: Fold,
  stages: readonly Given[],
): FoldPredictions {
  const { predict } = learner.learn(train, seed);
  return {
    whole: Float64Array.from(test, (row) => predict(row)),
    staged: stages.map((given) => Float64Array.from(test, (row) => predict(row, given))),
  };
}

/** Train this recipe on a fold, and predict its test rows with all columns and with those of each stage. */
export interface FoldTask {
  recipe: Recipe;
  fold: Fold;
  stages: readonly Given[];
}

/** Trains on folds of one table. The same task gives the same predictions in every pool. */
export interface FoldPool {
  predict(task: FoldTask): Promise<FoldPredictions>;
  /** Stops all work; pending predictions stay pending. */
  close(): Promise<void>;
}
