import type { Forest, Manifest } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { labelsOf, type Split, splitRows } from '../evaluation/folds.ts';
import { boostLeafwise, chooseLeafwiseRounds, type GradientBoosting } from '../grow/index.ts';
import {
  answerByTrees,
  answerClasses,
  type ClassModel,
  type LearnedModel,
  type ModelLearner,
} from './learner.ts';

export interface GbdtOptions {
  rounds: number;
  /** Maximum number of leaves of a tree. */
  leaves: number;
  /** Learning rate: each tree's leaves are multiplied by it. */
  rate: number;
  /** Masked copies of each row. */
  copies: number;
}

const label = { en: 'Gradient-boosted trees', 'pt-BR': 'Árvores com gradient boosting' };
const shared = { l2: 1, minimumWeight: 1e-3, maxDepth: Infinity };
const rate = 0.1;
const search = { maximum: 1000, patience: 50 };
/** Rows from which on trees have more leaves. */
const many = 50_000;
const leaves = { ofFewRows: 15, ofMany: 31 };
/** Copies of a row: of many rows, fewer are enough. */
const copies = { most: 2, least: 0.5, rows: 60_000 };
/** As many rows are enough to choose the number of rounds. */
const enoughHeldOut = 2000;
const folds = 5;

/**
 * Gradient boosting for tables of any size: trees grow leaf by leaf, on the rows and on masked copies of them.
 * @param options chosen on held-out rows if left out
 */
export const gbdt = (design: Design, options?: GbdtOptions): ModelLearner => ({
  name: 'gbdt',
  label,
  learn: (rows, seed) => {
    const { forests, base, engine } = learn(design, rows, seed, design.loss, options);
    const [forest] = forests;
    const answer = { base: base[0], divisor: 1, link: design.link };
    const trees = { forest };
    return { ...answerByTrees(design, trees, answer), trees, answer, engine } satisfies LearnedModel;
  },
});

/** The same for several classes: a tree for each class in every round. */
export const classGbdt = (design: Design, options?: GbdtOptions): ModelLearner<ClassModel> => ({
  name: 'gbdt',
  label,
  learn: (rows, seed) => {
    const { forests, base, engine } = learn(design, rows, seed, { classes: design.outputs }, options);
    const [forest, ...others] = forests;
    const answer = { base, divisor: 1, link: 'softmax' } satisfies Manifest['answer'];
    const trees = { forest, others };
    return { ...answerClasses(design, trees, answer), trees, answer, engine };
  },
});

interface Boosted {
  /** One for each output. */
  forests: Forest[];
  base: number[];
  engine: LearnedModel['engine'];
}

function learn(
  design: Design,
  rows: Int32Array,
  seed: number,
  loss: GradientBoosting['loss'],
  given?: GbdtOptions,
): Boosted {
  const options = given ?? choose(design, rows, seed, loss);
  const { base, forests } = boostLeafwise(
    boostedRows(design, rows),
    boostingOf(options, loss, seed),
    options.rounds,
  );
  return { base, forests, engine: { name: 'gbdt', version: engineVersion, options: { ...options } } };
}

const boostedRows = ({ binned, target, sampling }: Design, rows: Int32Array) => ({
  table: binned,
  target,
  rows,
  ...(sampling?.weights && { weights: sampling.weights }),
});

function boostingOf(
  { leaves, rate, copies }: Omit<GbdtOptions, 'rounds'>,
  loss: GradientBoosting['loss'],
  seed: number,
): GradientBoosting {
  return {
    ...shared,
    loss,
    leaves,
    rate,
    seed,
    // the copies of a row weigh as much as the row
    ...(copies > 0 && { mask: { copies, share: copies >= 1 ? 0.5 : copies / (1 + copies) } }),
  };
}

function choose(design: Design, rows: Int32Array, seed: number, loss: GradientBoosting['loss']): GbdtOptions {
  const isLarge = rows.length >= many;
  const setting = {
    leaves: isLarge ? leaves.ofMany : leaves.ofFewRows,
    rate,
    copies: Math.min(copies.most, Math.max(copies.least, copies.rows / rows.length)),
  };
  const splits = heldOut(design, rows, seed).map(({ train, test }) => ({
    training: boostedRows(design.forRows(train), train),
    test,
  }));
  const { rounds } = chooseLeafwiseRounds(splits, boostingOf(setting, loss, seed), search);
  return { rounds: Math.max(1, rounds), ...setting };
}

/** Folds with enough rows held out; in the order of time, the last ones, which have the most rows to learn from. */
function heldOut(design: Design, rows: Int32Array, seed: number): Split[] {
  const { sampling } = design;
  const splits = splitRows({ rows, labels: labelsOf(design), sampling }, folds, seed);
  const wanted = Math.ceil((enoughHeldOut * folds) / rows.length);
  return sampling?.times ? splits.slice(-wanted) : splits.slice(0, wanted);
}
