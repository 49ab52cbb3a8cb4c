import type { Texts } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import type { OutOfFold, Protocol } from '../evaluation/out-of-fold.ts';
import type { ModelRecipe } from '../learners/index.ts';
import type { AnyModelLearner } from '../learners/learner.ts';
import type { Progress } from '../progress.ts';
import type { Ending, LeftOut } from './ending.ts';

/** The common input for evaluating candidates. */
export interface Judging {
  pool: FoldPool;
  design: Design;
  protocol: Protocol;
  progress: Progress;
  ending: Ending;
  leftOut: LeftOut;
}

/** A candidate with its out-of-fold predictions. */
export interface Judged {
  recipe: ModelRecipe;
  candidate: AnyModelLearner;
  outOfFold: OutOfFold;
}

/** A candidate or a reference that the chosen one is compared with. */
export interface Compared {
  name: string;
  label: Texts;
  outOfFold: OutOfFold;
}

/** The chosen candidate and a regression when only these columns are given; predictions as in `OutOfFold`. */
export interface StageScored {
  columns: string[];
  model: Float64Array[];
  dedicated: Float64Array[];
}
