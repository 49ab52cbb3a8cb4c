import type { Recipe } from '../learners/index.ts';
import type { Known, Learner } from '../learners/learner.ts';

/** What is learned from and predicted at once. */
export interface Fold {
  /** Rows to learn from, and rows to predict. */
  train: Int32Array;
  test: Int32Array;
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
  stages: readonly Known[],
): FoldPredictions {
  const { predict } = learner.learn(train, seed);
  return {
    whole: Float64Array.from(test, (row) => predict(row)),
    staged: stages.map((known) => Float64Array.from(test, (row) => predict(row, known))),
  };
}

/** What to learn from a fold, and what the rows it predicts are known by. */
export interface LearnTask {
  recipe: Recipe;
  fold: Fold;
  stages: readonly Known[];
}

/** Learns from folds of one table. The same task has the same predictions, whoever learns it. */
export interface FoldPool {
  predict(task: LearnTask): Promise<FoldPredictions>;
  /** Ends what runs; predictions that are still waited for never come. */
  close(): Promise<void>;
}
