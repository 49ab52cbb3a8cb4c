import {
  type Feature,
  type Forest,
  leafOf,
  linked,
  links,
  type Manifest,
  setHas,
  sumLeaves,
  type Texts,
  type Trees,
} from '@hearth/artifact';
import type { Design } from '../design.ts';
import { labelsOf, type Split, splitRows } from '../evaluation/folds.ts';
import type { TrainingRows } from '../grow/index.ts';
import type { Progress } from '../progress.ts';
import { addTerms } from './linear-terms.ts';

/** Which columns of a row are given: 1 or 0, [columns]. */
export type Given = Uint8Array;

/** A model trained on some rows of a table. */
export interface Learned {
  /** The answer to a row of the table if only the columns `given` are given; all columns if left out. */
  predict(row: number, given?: Given): number;
}

/** A model of a target with several classes. */
export interface LearnedClasses {
  /** The probabilities of the classes for some rows of the table, as in `Learned`, or by the columns given in each; [rows × classes]. */
  predictClasses(rows: Int32Array, given?: Given | ((row: number) => Given)): Float64Array;
}

/** Makes models from rows. Options that are not set are chosen within these rows. The same rows and seed give the same model. */
export interface Learner<L extends Learned | LearnedClasses = Learned> {
  name: string;
  label: Texts;
  /** @param threads at most so many, with the calling one, which waits for them; 1 if left out. Their number changes no model */
  learn(rows: Int32Array, seed: number, threads?: number): L;
}

/** What a model is published with. */
export interface Publishable {
  trees: Omit<Trees, 'spread'>;
  /** Features behind those of the design: sets of categories, which the learner chose. */
  added?: readonly Feature[];
  answer: Manifest['answer'];
  engine: Pick<Manifest['engine'], 'name' | 'version' | 'options'>;
}

/** A trained model that can be published. */
export interface LearnedModel extends Learned, Publishable {}
/** The same of a target with several classes. */
export interface ClassModel extends LearnedClasses, Publishable {}

/** A learner whose models can be published. */
export interface ModelLearner<M extends LearnedModel | ClassModel = LearnedModel> extends Learner<M> {
  learn(rows: Int32Array, seed: number, threads?: number): M;
  /** Whether `learn` is faster with more threads. */
  usesThreads?: boolean;
  /** Trains the same model on as many threads as the machine runs in parallel, if the learner can use them. */
  learnInThreads?(rows: Int32Array, seed: number, progress: Progress): Promise<M>;
}

/** A learner for any target. */
export type AnyLearner = Learner | Learner<LearnedClasses>;
/** A learner for any target, whose models can be published. */
export type AnyModelLearner = ModelLearner | ModelLearner<ClassModel>;

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

/** The features of a row as a reader of the artifact computes them, if only the columns `given` are given. */
type RowReader = (row: number, given?: Given) => Float64Array;

/** @param added sets of categories, and the logarithm of the exposure */
function rowReader(design: Design, sets: Uint8Array | undefined, added: readonly Feature[]): RowReader {
  const { x, features, numbers, columns, exposure } = design;
  const width = features.length;
  const extra = added.map(({ column, in: begin = 0, log }) => {
    const owner = columns.findIndex(({ name }) => name === column);
    const variable = numbers.columns.findIndex((each) => each.owner === owner);
    const read = (row: number) => {
      if (log) return Math.log(exposure?.values[row] ?? Number.NaN);
      const cell = numbers.x[row][variable];
      return Number.isNaN(cell) ? cell : setHas(sets ?? new Uint8Array(), begin, cell);
    };
    return { owner, read };
  });
  return (row, given) => {
    if (!given && extra.length === 0) return x[row];
    const into = new Float64Array(width + extra.length);
    if (given) hide(design, row, given, into.subarray(0, width));
    else into.set(x[row]);
    for (const [i, { owner, read }] of extra.entries())
      into[width + i] = given && !given[owner] ? Number.NaN : read(row);
    return into;
  };
}

/** Predicts rows of a design from trees, as a reader of the artifact does. */
export function answerByTrees(
  design: Design,
  { forest, sets, linear }: Pick<Trees, 'forest' | 'sets' | 'linear'>,
  answer: Manifest['answer'],
  added: readonly Feature[] = [],
): Learned {
  const read = rowReader(design, sets, added);
  const score = new Float64Array(1);
  return {
    predict(row, given) {
      const x = read(row, given);
      score[0] = sumLeaves(forest, x);
      if (linear) addTerms(linear, [x], score);
      return linked(answer, score[0]);
    },
  };
}

/** Rows that are predicted at once. */
const rowsAtOnce = 512;

/** Predicts rows of a design with several classes, by the steps of a reader of the artifact. */
export function answerClasses(
  design: Design,
  { forest, others = [], leafValues, linear, sets }: Omit<Trees, 'spread'>,
  answer: Manifest['answer'],
  added: readonly Feature[] = [],
): LearnedClasses {
  const { outputs } = design;
  const perOutput = (value: number | readonly number[] | undefined, absent: number) =>
    Array.from({ length: outputs }, (_, k) => (typeof value === 'object' ? value[k] : (value ?? absent)));
  const base = perOutput(answer.base, 0);
  const divisor = perOutput(answer.divisor, 1);
  const scale = perOutput(answer.scale, 1);
  const offset = perOutput(answer.offset, 0);
  const read = rowReader(design, sets, added);
  const sum = (rows: Int32Array, givenIn: (row: number) => Given | undefined, scores: Float64Array) => {
    const x = Array.from(rows, (row) => read(row, givenIn(row)));
    if (leafValues) addLeaves(forest, leafValues, x, scores);
    else for (const [k, each] of [forest, ...others].entries()) addSums(each, x, scores, k);
    if (linear) addTerms(linear, x, scores);
  };
  return {
    predictClasses(rows, given) {
      const givenIn = typeof given === 'function' ? given : () => given;
      const scores = new Float64Array(rows.length * outputs);
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        const to = Math.min(rows.length, from + rowsAtOnce);
        sum(rows.subarray(from, to), givenIn, scores.subarray(from * outputs, to * outputs));
      }
      for (let i = 0; i < scores.length; i++) {
        const k = i % outputs;
        scores[i] = ((scores[i] + base[k]) / divisor[k]) * scale[k] + offset[k];
      }
      for (let i = 0; i < rows.length; i++) {
        links[answer.link].scores(scores.subarray(i * outputs, (i + 1) * outputs), (number) => number);
      }
      return scores;
    },
  };
}

/** Tree after tree, so that the nodes of one stay in the cache. */
function addLeaves(
  forest: Forest,
  leafValues: Float64Array,
  x: readonly Float64Array[],
  scores: Float64Array,
): void {
  const outputs = scores.length / x.length;
  for (const root of forest.roots) {
    for (let i = 0; i < x.length; i++) {
      const from = forest.value[leafOf(forest, root, x[i])] * outputs;
      for (let k = 0; k < outputs; k++) scores[i * outputs + k] += leafValues[from + k];
    }
  }
}

/** Tree after tree, to one output. */
function addSums(forest: Forest, x: readonly Float64Array[], scores: Float64Array, output: number): void {
  const outputs = scores.length / x.length;
  for (const root of forest.roots) {
    for (let i = 0; i < x.length; i++)
      scores[i * outputs + output] += forest.value[leafOf(forest, root, x[i])];
  }
}

/** The features of a row, NaN for columns that are not given. */
function hide({ x, owners }: Design, row: number, given: Given, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = given[owners[i]] ? x[row][i] : Number.NaN;
}
