import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { labelsOf, splitRows } from '../evaluation/folds.ts';
import { leastConvex } from '../evaluation/least-convex.ts';
import { squaredError } from '../evaluation/row-loss.ts';
import { type GrownForest, growForest, growForestSync } from '../grow/index.ts';
import { sharesOfClasses } from '../sampling/prior.ts';
import { type ForestShape, shapeOf, shapesFor } from './forest-shape.ts';
import { answerClasses, type ClassModel, type ModelLearner, splitsOf } from './learner.ts';

export type ClassForestOptions = {
  trees: number;
  /** Minimum number of rows in a leaf. */
  minimumLeaf: number;
  /** How far answers are moved from the leaves' shares to the shares of all rows: 0 not at all, 1 all the way. */
  shrinkage: number;
} & ForestShape;

type Setting = Omit<ClassForestOptions, 'shrinkage'>;

/** Half of the weight of a row and its copies: the row itself. */
const smallestLeaf = 0.5;

/** The leaf sizes to choose from if the options are left out. */
const leafSizes = { best: [smallestLeaf, 3, 8], random: [smallestLeaf, 3, 8], randomOfFew: [] };
const innerFolds = 5;
/** Bytes of the shares in all leaves of a forest, and how many trees are worth them. */
const wantedBytes = 96 * 2 ** 20;
const mostBytes = 256 * 2 ** 20;
const trees = { fewest: 50, ofManyClasses: 100, most: 300, toChoose: { fewest: 20, most: 75, inFolds: 50 } };
/** Trees × classes of an answer. */
const leavesPerAnswer = 3000;
/** Leaves per row and rows of a leaf: of pure leaves with masked copies about so many; and leaves per row at most. */
const leavesPerRow = { ofSize: 0.45, most: 0.55 };
/** Rows × trees that are worth the choice of a leaf size; where that is most of the forest, all of it is grown. */
const workToChoose = 2e5;
const mostOfForest = 2 / 3;

/**
 * A random forest whose leaves have the shares of the classes, trained on the rows and on masked copies of them.
 * @param options if left out, those with the least out-of-bag Brier score are chosen, on fewer trees where there are many rows
 */
export const classForest = (design: Design, options?: ClassForestOptions): ModelLearner<ClassModel> => ({
  name: 'forest',
  label: { en: 'Random forest', 'pt-BR': 'Floresta aleatória' },
  learn(rows, seed) {
    const training = trainingOf(design, rows);
    const grow = (setting: Setting) => growForestSync(training, growOptions(design, setting, seed));
    if (options) return finish(design, rows, options, grow(options), options.shrinkage);
    const settings = settingsFor(design, rows.length);
    const held = chooseInFolds(design, rows, settings, seed);
    if (held) return finish(design, rows, held.whole, grow(held.whole), undefined, held.predicted);
    const tried = settings.map((setting) => ({ setting, grown: grow(setting) }));
    const { setting, grown } = best(design, rows, tried);
    const whole = wholeSetting(setting, rows.length, design.outputs);
    return finish(design, rows, whole, whole.trees === setting.trees ? grown : grow(whole));
  },
  async learnInThreads(rows, seed, progress) {
    const training = trainingOf(design, rows);
    const every = options ? [] : settingsFor(design, rows.length);
    const held = options ? undefined : chooseInFolds(design, rows, every, seed);
    const settings = held ? [] : every;
    const onTree = progress.start(
      'random forest on all rows',
      settings.reduce((sum, setting) => sum + setting.trees, 0) + (options?.trees ?? trees.most),
    );
    const grow = (setting: Setting) => {
      let seen = 0;
      const onProgress = (done: number) => {
        for (; seen < done; seen++) onTree();
      };
      return growForest(training, growOptions(design, setting, seed), { onProgress });
    };
    if (options) return finish(design, rows, options, await grow(options), options.shrinkage);
    if (held) {
      const made = await grow(held.whole);
      for (let done = held.whole.trees; done < trees.most; done++) onTree();
      return finish(design, rows, held.whole, made, undefined, held.predicted);
    }
    const tried: Tried[] = [];
    for (const setting of settings) tried.push({ setting, grown: await grow(setting) });
    const { setting, grown } = best(design, rows, tried);
    const whole = wholeSetting(setting, rows.length, design.outputs);
    const final = whole.trees === setting.trees ? grown : await grow(whole);
    for (let done = whole.trees === setting.trees ? 0 : whole.trees; done < trees.most; done++) onTree();
    return finish(design, rows, whole, final);
  },
});

/**
 * Where rows belong together, the rows that a tree did not draw are not new to it; where they have weights, few trees do not draw the rows
 * that count most. So settings are compared in folds there.
 * @returns the setting with the least error, and the predictions of the rows held out, NaN where there are none; undefined where rows can be
 * drawn alike
 */
function chooseInFolds(design: Design, rows: Int32Array, settings: readonly Setting[], seed: number) {
  const { sampling } = design;
  const byWeight = () => splitRows({ rows, labels: labelsOf(design), sampling }, innerFolds, seed);
  const splits = sampling?.weights ? byWeight() : splitsOf(design, rows, seed);
  if (!splits) return undefined;
  const { target, outputs } = design;
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const tried = settings.map((each) => {
    const setting = { ...each, trees: Math.min(each.trees, trees.toChoose.inFolds) };
    const predicted = new Float64Array(rows.length * outputs).fill(Number.NaN);
    for (const { train, test } of splits) {
      const inner = design.forRows(train);
      const grown = growForestSync(trainingOf(inner, train), growOptions(design, setting, seed));
      const { forest, leafValues } = grown;
      const answer = { divisor: setting.trees, link: 'identity' } as const;
      const answers = answerClasses(inner, { forest, leafValues }, answer).predictClasses(test);
      for (const [i, row] of test.entries())
        predicted.set(answers.subarray(i * outputs, (i + 1) * outputs), (place.get(row) ?? 0) * outputs);
    }
    const error = (row: number, i: number) => squaredError(target[row], predicted, i, outputs);
    return { setting, predicted, loss: meanOverPredicted(design, predicted, rows, error) };
  });
  const { setting, predicted } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  return { whole: wholeSetting(setting, rows.length, outputs), predicted };
}

interface Tried {
  setting: Setting;
  grown: GrownForest;
}

/** Bytes of the shares in the leaves of one tree, about. */
const bytesPerTree = (minimumLeaf: number, rows: number, classes: number): number =>
  8 * classes * rows * Math.min(leavesPerRow.most, leavesPerRow.ofSize / minimumLeaf);

/** The settings to choose from: leaves so large that the fewest trees are not too many bytes. */
function settingsFor(design: Design, rows: number): Setting[] {
  const classes = design.outputs;
  const scale = Math.ceil((trees.fewest * bytesPerTree(smallestLeaf, rows, classes)) / mostBytes);
  return shapesFor(rows, design.columns.length, leafSizes).map((each) => {
    const setting = { ...each, minimumLeaf: each.minimumLeaf * scale };
    const whole = wholeSetting(setting, rows, classes).trees;
    const wanted = Math.max(trees.toChoose.fewest, Math.round(workToChoose / rows));
    const enough = Math.min(trees.toChoose.most, wanted);
    return { ...setting, trees: enough < mostOfForest * whole ? enough : whole };
  });
}

/** As many trees as fit into the wanted bytes; of many classes fewer, because each tree adds to all of them. */
function wholeSetting(setting: Omit<Setting, 'trees'>, rows: number, classes: number): Setting {
  const fitting = Math.floor(wantedBytes / bytesPerTree(setting.minimumLeaf, rows, classes));
  const most = Math.min(trees.most, Math.max(trees.ofManyClasses, Math.floor(leavesPerAnswer / classes)));
  return { ...setting, trees: Math.max(trees.fewest, Math.min(most, fitting)) };
}

const trainingOf = ({ binned, target, outputs, sampling }: Design, rows: Int32Array) => ({
  table: binned,
  target,
  rows,
  classes: outputs,
  ...(sampling?.weights && { weights: sampling.weights }),
});

const growOptions = ({ columns }: Design, setting: Setting, seed: number) => ({
  ...shapeOf(setting, columns.length),
  trees: setting.trees,
  minimumLeaf: setting.minimumLeaf,
  outOfBag: true,
  seed,
});

/** The setting with the least out-of-bag error. */
function best(design: Design, rows: Int32Array, tried: readonly Tried[]): Tried {
  const { target, outputs } = design;
  const losses = tried.map(({ grown: { outOfBag } }) =>
    meanOverPredicted(design, outOfBag, rows, (row, i) => squaredError(target[row], outOfBag, i, outputs)),
  );
  return tried[losses.indexOf(Math.min(...losses))];
}

/** The weighted mean over the rows that at least one tree did not draw. */
function meanOverPredicted(
  { outputs, sampling }: Design,
  predicted: Float64Array,
  rows: Int32Array,
  loss: (row: number, i: number) => number,
): number {
  let sum = 0;
  let counted = 0;
  const weights = sampling?.weights;
  for (const [i, row] of rows.entries()) {
    if (Number.isNaN(predicted[i * outputs])) continue;
    const weight = weights ? weights[row] : 1;
    sum += weight * loss(row, i);
    counted += weight;
  }
  return sum / counted;
}

function finish(
  design: Design,
  rows: Int32Array,
  setting: Setting,
  { forest, leafValues, outOfBag }: GrownForest,
  given?: number,
  heldOut = outOfBag,
): ClassModel {
  const shares = sharesOfClasses(design, rows, design.outputs);
  const shrinkage = given ?? chooseShrinkage(design, rows, heldOut, shares);
  const answer = {
    divisor: setting.trees,
    scale: 1 - shrinkage,
    offset: Array.from(shares, (share) => shrinkage * share),
    link: 'identity',
  } as const;
  const made = { forest, leafValues };
  return {
    ...answerClasses(design, made, answer),
    trees: made,
    answer,
    engine: { name: 'forest', version: engineVersion, options: { ...setting, shrinkage } },
  };
}

/** The shrinkage with the least out-of-bag log loss: a share of 0 would make it infinite, so it is above 0 where one is wrong. */
function chooseShrinkage(
  design: Design,
  rows: Int32Array,
  outOfBag: Float64Array,
  shares: Float64Array,
): number {
  const { target, outputs } = design;
  const loss = (shrinkage: number) =>
    meanOverPredicted(design, outOfBag, rows, (row, i) => {
      const own = outOfBag[i * outputs + target[row]];
      return -Math.log((1 - shrinkage) * own + shrinkage * shares[target[row]]);
    });
  const least = leastConvex(loss, 0, 0.5);
  return loss(0) <= loss(least) ? 0 : least;
}
