import type { Feature, Forest, Manifest, Trees } from '@hearth/artifact';
import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { boostLeafwise, chooseLeafwise, type GradientBoosting, haveHardCopies } from '../grow/index.ts';
import { boostedLoss, heldOut, packSets, roundsForAll } from './leafwise.ts';
import {
  answerByTrees,
  answerClasses,
  type ClassModel,
  type LearnedModel,
  type ModelLearner,
  trainingOf,
} from './learner.ts';

export interface GbdtOptions {
  rounds: number;
  /** Maximum number of leaves of a tree. */
  leaves: number;
  /** Learning rate: each tree's leaves are multiplied by it. */
  rate: number;
  /** Masked copies of each row. */
  copies: number;
  /** The share of the weight of all rows that the copies have; by default a copy weighs as much as a row, at most half of all. */
  copyShare?: number;
  /** Copies of each row that these are drawn from, mostly hard ones; if left out, copies are drawn alike. */
  copiesFrom?: number;
  /** The share of the rows that is drawn for each tree, and that of the columns; 1 by default. */
  rowShare?: number;
  columnShare?: number;
  /** The share of a tree's columns that is drawn for each split; 1 by default. */
  splitShare?: number;
  /** How many thresholds of a number are tried in each split, drawn at random with replacement; all by default. */
  thresholds?: number;
  /** So many models are grown with different seeds, and averaged before the link; 1 by default. */
  models?: number;
}

const label = { en: 'Gradient-boosted trees', 'pt-BR': 'Árvores com gradient boosting' };
const fixed = { l2: 1, minimumWeight: 1e-3, maxDepth: Infinity };
/** With fewer rows × outputs, a fit is short: there, settings are compared, at half the learning rate. */
const quickToBoost = { ofOne: 50_000, ofClasses: 5000 };
const slow = { rate: 0.05, first: 200, patience: 40 };
const fast = { rate: 0.1, first: 0, patience: 40 };
/**
 * Of several classes, with so many rows × outputs, to choose the rounds takes long: they are chosen with a higher learning rate, and so many
 * times as many are grown.
 */
const longToBoost = { from: 90_000, haste: 2 };
/** Models that are averaged, with fewer rows × outputs: trees of few rows differ much by the rows and columns that are drawn. */
const averaged = { below: 5000, models: 4 };
/** Of several classes, a round has so many trees. */
const maximum = { ofOne: 1000, ofClasses: 300 };
/** Leaves of a tree, with few rows and with more. */
const leaves = { few: 15, more: 31, from: 5000 };
/**
 * Few random thresholds lose less than all of them on most tables (README of `../grow/leafwise`); where few columns say most, as in BostonHousing2,
 * some of the columns for each split do.
 */
const tried: readonly Partial<GbdtOptions>[] = [{ thresholds: 4 }, { columnShare: 1, splitShare: 0.5 }];
/** Copies of a row: of few rows, more are needed, and they cost less; of several classes, each row costs as much as there are classes. */
const copies = { most: 4, least: 0.5, rows: 60_000, ofClasses: { most: 1, least: 0.25, answers: 120_000 } };
/** With more rows, copies are drawn from more of them where some are much harder than most. */
const hard = { fewestRows: 7500, most: 32, copies: 480_000 };
/** With more weight, copies cost answers with all columns more than they help those with some. */
const copyShare = { ofOne: 0.25, ofClasses: 0.03 };
/** Trees that differ answer better together, and cost less. Of several classes, a tree needs few of the rows of the others. */
const drawn = { columnShare: 0.7, rowShare: { ofOne: 0.3, ofClasses: 0.1 } };
/** As many rows are enough to choose the number of rounds. */
const enoughHeldOut = 2000;

/** Smaller steps, and more models that are averaged; they take several times as long (`timesOfSlowBoosting` in `../plan/cost.ts`). */
export const slowGbdt: Partial<GbdtOptions> = { rate: 0.025, models: 8 };

/**
 * Gradient boosting for tables of any size: trees grow leaf by leaf, on the rows and on masked copies of them.
 * @param options if `rounds`, `leaves`, `rate` or `copies` is left out, all that are not given are chosen, on held-out rows
 */
export const gbdt = (design: Design, options?: Partial<GbdtOptions>): ModelLearner => ({
  name: 'gbdt',
  label,
  usesThreads: true,
  learn: (rows, seed, threads) => {
    const work = { design, rows, seed, threads };
    const { forests, base, engine, sets, added } = learn(work, options);
    const [forest] = forests;
    const answer = { base: base[0], divisor: 1, link: design.link };
    const trees = { forest, ...sets };
    return { ...answerByTrees(design, trees, answer, added), trees, answer, engine, added };
  },
});

/** The same for several classes: a tree for each class in every round. */
export const classGbdt = (design: Design, options?: Partial<GbdtOptions>): ModelLearner<ClassModel> => ({
  name: 'gbdt',
  label,
  usesThreads: true,
  learn: (rows, seed, threads) => {
    const work = { design, rows, seed, threads };
    const { forests, base, engine, sets, added } = learn(work, options);
    const [forest, ...others] = forests;
    const answer = { base, divisor: 1, link: 'softmax' } satisfies Manifest['answer'];
    const trees = { forest, others, ...sets };
    return { ...answerClasses(design, trees, answer, added), trees, answer, engine, added };
  },
});

interface Boosted {
  /** One for each output. */
  forests: Forest[];
  base: number[];
  /** Sets of categories, and the features that they are. */
  sets: Pick<Trees, 'sets'>;
  added: Feature[];
  engine: LearnedModel['engine'];
}

/** What is learned from, and how. */
interface Work {
  design: Design;
  rows: Int32Array;
  seed: number;
  threads?: number;
}

const isWhole = (options: Partial<GbdtOptions>): options is GbdtOptions =>
  (['rounds', 'leaves', 'rate', 'copies'] as const).every((name) => options[name] !== undefined);

function learn(work: Work, given: Partial<GbdtOptions> = {}): Boosted {
  const { design, rows, seed, threads } = work;
  const options = isWhole(given) ? given : choose(work, given);
  const { base, forests, sets } = boostLeafwise(
    trainingOf(design, rows),
    boostingOf(options, boostedLoss(design), seed),
    options.rounds,
    threads,
    options.models,
  );
  return {
    base,
    forests,
    ...packSets(design, sets),
    engine: { name: 'gbdt', version: engineVersion, options: { ...options } },
  };
}

function boostingOf(
  {
    leaves,
    rate,
    copies,
    copyShare,
    copiesFrom,
    rowShare,
    columnShare,
    splitShare,
    thresholds,
  }: Omit<GbdtOptions, 'rounds'>,
  loss: GradientBoosting['loss'],
  seed: number,
): GradientBoosting {
  return {
    ...fixed,
    loss,
    leaves,
    rate,
    seed,
    ...(rowShare !== undefined && { rowShare }),
    ...(columnShare !== undefined && { columnShare }),
    ...(splitShare !== undefined && { splitShare }),
    ...(thresholds !== undefined && { thresholds }),
    ...(copies > 0 && {
      mask: {
        copies,
        share: copyShare ?? Math.min(0.5, copies / (1 + copies)),
        ...(copiesFrom !== undefined && { from: copiesFrom }),
      },
    }),
  };
}

function choose({ design, rows, seed, threads }: Work, given: Partial<GbdtOptions>): GbdtOptions {
  const kind = design.outputs > 1 ? 'ofClasses' : 'ofOne';
  const isShort = rows.length * design.outputs < quickToBoost[kind];
  const { rate, first, patience } = isShort ? slow : fast;
  const shared = {
    leaves: rows.length < leaves.from ? leaves.few : leaves.more,
    rate,
    copies: copiesFor(rows.length, design.outputs),
    copyShare: copyShare[kind],
    rowShare: drawn.rowShare[kind],
    columnShare: drawn.columnShare,
    ...(rows.length * design.outputs < averaged.below && { models: averaged.models }),
  };
  const from = given.copiesFrom ?? copiesFrom(design, rows, { ...shared, ...given }, seed);
  const splits = heldOut(design, rows, seed, enoughHeldOut);
  const settings = (isShort ? tried : tried.slice(0, 1)).map((setting) => ({
    ...shared,
    ...(from !== undefined && { copiesFrom: from, rate: fast.rate }), // which need many rounds
    ...setting,
    ...given,
  }));
  const isLong = design.outputs > 1 && rows.length * design.outputs >= longToBoost.from;
  const haste = isLong ? longToBoost.haste : 1;
  const longer = rate / (given.rate ?? rate) / haste;
  const { rounds, setting } = chooseLeafwise(
    splits.map(({ train, test }) => ({ training: trainingOf(design.forRows(train), train), test })),
    settings.map((each) => boostingOf({ ...each, rate: haste * each.rate }, boostedLoss(design), seed)),
    { first: longer * first, patience: longer * patience, maximum: longer * maximum[kind] },
    threads,
  );
  return { rounds: Math.max(1, roundsForAll(haste * rounds, rows, splits)), ...settings[setting] };
}

function copiesFor(rows: number, outputs: number): number {
  const { ofClasses } = copies;
  return outputs > 1
    ? Math.min(ofClasses.most, Math.max(ofClasses.least, ofClasses.answers / (rows * outputs)))
    : Math.min(copies.most, Math.max(copies.least, copies.rows / rows));
}

/** Copies of each row that copies are drawn from; undefined where that is not worth its time. */
function copiesFrom(
  design: Design,
  rows: Int32Array,
  options: Omit<GbdtOptions, 'rounds'>,
  seed: number,
): number | undefined {
  const from = Math.min(hard.most, hard.copies / rows.length);
  const isFarMore = options.copies > 0 && from >= 3 * options.copies;
  if (design.table.kind !== 'binary' || rows.length < hard.fewestRows || !isFarMore) return undefined;
  const boosting = boostingOf(options, boostedLoss(design), seed);
  return haveHardCopies(trainingOf(design, rows), boosting) ? from : undefined;
}
