import {
  createPredictor,
  linked,
  type Manifest,
  packTrees,
  sumLeaves,
  type Texts,
  type Trees,
} from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { Progress } from '../progress.ts';

/** Which columns of a row are given: 1 or 0, [columns]. */
export type Given = Uint8Array;

/** A model trained on some rows of a table. */
export interface Learned {
  /** The answer to a row of the table if only the columns `given` are given; all columns if left out. */
  predict(row: number, given?: Given): number;
}

/** A model of a target with several classes. */
export interface LearnedClasses {
  /** The probabilities of the classes for some rows of the table, as in `Learned`; [rows × classes]. */
  predictClasses(rows: Int32Array, given?: Given): Float64Array;
}

/** Makes models from rows. Options that are not set are chosen within these rows. The same rows and seed give the same model. */
export interface Learner<L extends Learned | LearnedClasses = Learned> {
  name: string;
  label: Texts;
  learn(rows: Int32Array, seed: number): L;
}

/** What a model is published with. */
interface Publishable {
  trees: Omit<Trees, 'spread'>;
  answer: Manifest['answer'];
  engine: Pick<Manifest['engine'], 'name' | 'version' | 'options'>;
}

/** A trained model that can be published. */
export interface LearnedModel extends Learned, Publishable {}
/** The same of a target with several classes. */
export interface ClassModel extends LearnedClasses, Publishable {}

/** A learner whose models can be published. */
export interface ModelLearner<M extends LearnedModel | ClassModel = LearnedModel> extends Learner<M> {
  learn(rows: Int32Array, seed: number): M;
  /** Trains the same model on as many threads as the machine runs in parallel, if the learner can use them. */
  learnInThreads?(rows: Int32Array, seed: number, progress: Progress): Promise<M>;
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

/** Predicts rows of a design with several classes, as a reader of the artifact does. */
export function answerClasses(
  { columns, features, numbers, classes = [] }: Design,
  trees: Omit<Trees, 'spread'>,
  answer: Manifest['answer'],
): LearnedClasses {
  const target = { type: 'classes' as const, name: '', classes };
  const formula = { columns, features, answer, target };
  const { predictCells } = createPredictor(formula, trees, packTrees(trees, features.length));
  return {
    predictClasses(rows, given) {
      const cells = new Float64Array(rows.length * columns.length);
      for (const [i, row] of rows.entries()) cells.set(numbers.x[row], i * columns.length);
      if (given) for (let i = 0; i < cells.length; i++) if (!given[i % given.length]) cells[i] = Number.NaN;
      const { outputs } = predictCells(cells);
      if (!outputs) throw new TypeError('a model of classes answers with the probability of each');
      return outputs;
    },
  };
}

/** The features of a row, NaN for columns that are not given. */
function hide({ x, owners }: Design, row: number, given: Given, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i++) into[i] = given[owners[i]] ? x[row][i] : Number.NaN;
  return into;
}
