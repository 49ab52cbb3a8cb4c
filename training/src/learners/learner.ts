import { linked, type Manifest, sumLeaves, type Texts, type Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { labelsOf, type Split, splitRows } from '../evaluation/folds.ts';
import type { TrainingRows } from '../grow/index.ts';
import type { Progress } from '../progress.ts';

/** Which columns of a row are given: 1 or 0, [columns]. */
export type Given = Uint8Array;

/** A model trained on some rows of a table. */
export interface Learned {
  /** The answer to a row of the table if only the columns `given` are given; all columns if left out. */
  predict(row: number, given?: Given): number;
}

/** Makes models from rows. Options that are not set are chosen within these rows. The same rows and seed give the same model. */
export interface Learner {
  name: string;
  label: Texts;
  learn(rows: Int32Array, seed: number): Learned;
}

/** A trained model that can be published. */
export interface LearnedModel extends Learned {
  trees: Pick<Trees, 'forest'>;
  answer: Manifest['answer'];
  engine: Pick<Manifest['engine'], 'name' | 'version' | 'options'>;
}

/** A learner whose models can be published. */
export interface ModelLearner extends Learner {
  learn(rows: Int32Array, seed: number): LearnedModel;
  /** Trains the same model on as many threads as the machine runs in parallel, if the learner can use them. */
  learnInThreads?(rows: Int32Array, seed: number, progress: Progress): Promise<LearnedModel>;
}

/** The rows of a design, as trees are grown on them. */
export function trainingOf({ binned, target, sampling }: Design, rows: Int32Array): TrainingRows {
  const weights = sampling?.weights;
  return { table: binned, target, rows, ...(weights && { weights }) };
}

const innerFolds = 5;

/** Splits in which to choose options, if rows cannot be split at random: in groups, or in the order of time. */
export function splitsOf(design: Design, rows: Int32Array, seed: number): Split[] | undefined {
  const { sampling } = design;
  if (!sampling?.groups && !sampling?.times) return undefined;
  const splits = splitRows({ rows, labels: labelsOf(design), sampling }, innerFolds, seed);
  return splits.length > 0 ? splits : undefined;
}

/** Predicts rows of a design from trees, as a reader of the artifact does. */
export function answerByTrees(
  design: Design,
  { forest }: Pick<Trees, 'forest'>,
  answer: Manifest['answer'],
): Learned {
  const masked = new Float64Array(design.features.length);
  return {
    predict: (row, given) =>
      linked(answer, sumLeaves(forest, given ? hide(design, row, given, masked) : design.x[row])),
  };
}

/** The features of a row, NaN for columns that are not given. */
function hide({ x, owners }: Design, row: number, given: Given, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i++) into[i] = given[owners[i]] ? x[row][i] : Number.NaN;
  return into;
}
