import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import type { Split } from '../evaluation/folds.ts';
import { type GrownForest, growForest, growForestSync } from '../grow/index.ts';
import { answerByTrees, type LearnedModel, type ModelLearner, splitsOf, trainingOf } from './learner.ts';

export interface ForestSettings {
  trees: number;
  /** Minimum number of rows in a leaf. */
  minimumLeaf: number;
}

/** The leaf sizes to choose from if the options are left out. */
const leafSizes = [3, 6, 12];
const trees = { fewest: 100, most: 300, fewestToChoose: 50 };
/** Rows × trees that are worth the choice of a leaf size. */
const workToChoose = 6e5;
/** Nodes of a forest, and nodes per row and rows of a leaf; a node takes 37 bytes. */
const mostNodes = 5e6;
const nodesPerRow = 1.15;
/** Rows that a tree is grown on at most. */
const rowsPerTree = 100_000;

/**
 * A random forest, trained on the rows and on masked copies of them.
 * @param options if left out, the leaf size with the least out-of-bag error is chosen; with groups or times, the least error in inner folds
 */
export const forest = (design: Design, options?: ForestSettings): ModelLearner => {
  /** Where rows belong together, the rows that a tree did not draw are not new to it, and settings are chosen in folds. */
  const settingsFor = (rows: Int32Array, seed: number): ForestSettings[] => {
    if (options) return [options];
    const splits = splitsOf(design, rows, seed);
    return splits ? [chooseInFolds(design, rows.length, splits, seed)] : toChoose(rows.length);
  };
  return {
    name: 'forest',
    label: { en: 'Random forest', 'pt-BR': 'Floresta aleatória' },
    learn(rows, seed) {
      const training = trainingOf(design, rows);
      const grow = (setting: ForestSettings): Tried => ({
        setting,
        grown: growForestSync(training, growOptions(design, rows.length, setting, seed)),
      });
      const best = leastError(settingsFor(rows, seed).map(grow), rows, design);
      const whole = options ?? wholeSetting(best.setting, rows.length);
      return finish(design, whole.trees === best.setting.trees ? best : grow(whole));
    },
    async learnInThreads(rows, seed, progress) {
      const training = trainingOf(design, rows);
      const settings = settingsFor(rows, seed);
      const onTree = progress.start('random forest on all rows', stepsOf(settings, rows.length, options));
      const grow = async (setting: ForestSettings): Promise<Tried> => {
        let seen = 0;
        const onProgress = (done: number) => {
          for (; seen < done; seen++) onTree();
        };
        const growing = growOptions(design, rows.length, setting, seed);
        return { setting, grown: await growForest(training, growing, { onProgress }) };
      };
      const tried: Tried[] = [];
      for (const setting of settings) tried.push(await grow(setting));
      const best = leastError(tried, rows, design);
      const whole = options ?? wholeSetting(best.setting, rows.length);
      return finish(design, whole.trees === best.setting.trees ? best : await grow(whole));
    },
  };
};

interface Tried {
  setting: ForestSettings;
  grown: GrownForest;
}

/** As many trees as are not too many nodes. */
function wholeSetting({ minimumLeaf }: ForestSettings, rows: number): ForestSettings {
  const fitting = Math.floor((mostNodes * minimumLeaf) / (nodesPerRow * Math.min(rows, rowsPerTree)));
  return { minimumLeaf, trees: Math.max(trees.fewest, Math.min(trees.most, fitting)) };
}

/** A leaf size is chosen on fewer trees where there are many rows. */
const toChoose = (rows: number): ForestSettings[] =>
  leafSizes.map((minimumLeaf) => ({
    minimumLeaf,
    trees: Math.min(
      wholeSetting({ trees: 0, minimumLeaf }, rows).trees,
      Math.max(trees.fewestToChoose, Math.round(workToChoose / rows)),
    ),
  }));

/** Trees of all forests that are grown, known before the first one. */
function stepsOf(settings: readonly ForestSettings[], rows: number, options?: ForestSettings): number {
  const tried = settings.reduce((sum, setting) => sum + setting.trees, 0);
  const whole = options ?? wholeSetting(settings[0], rows);
  return whole.trees === settings[0].trees ? tried : tried + whole.trees;
}

const growOptions = (
  { columns }: Design,
  rows: number,
  { trees, minimumLeaf }: ForestSettings,
  seed: number,
) => ({
  trees,
  columnsPerSplit: Math.ceil(Math.sqrt(columns.length)),
  minimumLeaf,
  sampleShare: Math.min(1, rowsPerTree / rows),
  replace: true,
  mask: { copies: 2 },
  outOfBag: true,
  seed,
});

/** The forest with the least out-of-bag error. */
function leastError(tried: readonly Tried[], rows: Int32Array, design: Design): Tried {
  if (tried.length === 1) return tried[0];
  const losses = tried.map(({ grown }) => outOfBagError(grown.outOfBag, rows, design));
  return tried[losses.indexOf(Math.min(...losses))];
}

function finish(design: Design, { setting: { trees, minimumLeaf }, grown: { forest } }: Tried): LearnedModel {
  const answer = { base: 0, divisor: trees, link: 'identity' } as const;
  return {
    ...answerByTrees(design, { forest }, answer),
    trees: { forest },
    answer,
    engine: { name: 'forest', version: engineVersion, options: { trees, minimumLeaf } },
  };
}

/** The setting with the least squared error on the rows held out. */
function chooseInFolds(design: Design, rows: number, splits: readonly Split[], seed: number): ForestSettings {
  const loss = (setting: ForestSettings) =>
    splits.reduce((sum, { train, test }) => {
      const { forest } = growForestSync(
        trainingOf(design, train),
        growOptions(design, train.length, setting, seed),
      );
      const answer = { base: 0, divisor: setting.trees, link: 'identity' } as const;
      const { predict } = answerByTrees(design, { forest }, answer);
      return test.reduce(
        (a, row) => a + weightOf(design, row) * (predict(row) - design.target[row]) ** 2,
        sum,
      );
    }, 0);
  const settings = toChoose(rows);
  const losses = settings.map(loss);
  return wholeSetting(settings[losses.indexOf(Math.min(...losses))], rows);
}

const weightOf = ({ sampling }: Design, row: number): number => sampling?.weights?.[row] ?? 1;

/** Mean squared error over the rows that at least one tree did not draw. */
function outOfBagError(predicted: Float64Array, rows: Int32Array, design: Design): number {
  let sum = 0;
  let counted = 0;
  for (let i = 0; i < rows.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    const weight = weightOf(design, rows[i]);
    sum += weight * (predicted[i] - design.target[rows[i]]) ** 2;
    counted += weight;
  }
  return sum / counted;
}
