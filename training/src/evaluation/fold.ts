import type { Contender, Known } from '../contenders/contender.ts';
import type { Recipe } from '../contenders/recipe.ts';

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
  contender: Contender,
  { train, test, seed }: Fold,
  stages: readonly Known[],
): FoldPredictions {
  const { predict } = contender.learn(train, seed);
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

/** Learns from rows of one table. The same task has the same predictions, whoever learns it. */
export interface Learners {
  predict(task: LearnTask): Promise<FoldPredictions>;
  /** Ends what runs; predictions that are still waited for never come. */
  close(): Promise<void>;
}
