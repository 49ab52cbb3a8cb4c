import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import type { Split } from '../evaluation/folds.ts';
import { type GrownForest, growForest, growForestSync } from '../grow/index.ts';
import { type ForestShape, shapeOf, shapesFor } from './forest-shape.ts';
import { answerByTrees, type LearnedModel, type ModelLearner, splitsOf, trainingOf } from './learner.ts';

export interface ForestSettings extends ForestShape {
  trees: number;
  /** Minimum weight of the rows in a leaf. */
  minimumLeaf: number;
}

/** The leaf sizes to choose from if the options are left out. */
const leafSizes = { best: [0.5, 3, 12], random: [0.5, 2], randomOfFew: [3, 8] };
/** In folds, every tree answers every row held out; out of bag, one in five or three does. */
const trees = { fewest: 100, most: 300, toChoose: { fewest: 50, most: 150, inFolds: 50 } };
/** Rows × trees that are worth the choice of a leaf size. */
const workToChoose = 3e5;
/** Nodes of a forest, and nodes per row and rows of a leaf; a node takes 37 bytes. */
const mostNodes = 5e6;
const nodesPerRow = 1.15;
/** Rows that a tree is grown on at most. */
const rowsPerTree = 100_000;

/**
 * A random forest, trained on the rows and on masked copies of them.
 * @param options if left out, the setting with the least out-of-bag error is chosen; with groups or times, the least error in inner folds
 */
export const forest = (design: Design, options?: ForestSettings): ModelLearner => {
  /** Where rows belong together, the rows that a tree did not draw are not new to it, and settings are chosen in folds. */
  const settingsFor = (rows: Int32Array, seed: number): ForestSettings[] => {
    if (options) return [options];
    const splits = splitsOf(design, rows, seed);
    return splits ? [chooseInFolds(design, rows.length, splits, seed)] : toChoose(design, rows.length);
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
      const onTree = progress.start('random forest on all rows', stepsOf(settings, options));
      let grown = 0;
      const grow = async (setting: ForestSettings): Promise<Tried> => {
        let seen = 0;
        const onProgress = (done: number) => {
          for (; seen < done; seen++) onTree();
        };
        const growing = growOptions(design, rows.length, setting, seed);
        const made = { setting, grown: await growForest(training, growing, { onProgress }) };
        grown += setting.trees;
        return made;
      };
      const tried: Tried[] = [];
      for (const setting of settings) tried.push(await grow(setting));
      const best = leastError(tried, rows, design);
      const whole = options ?? wholeSetting(best.setting, rows.length);
      const made = whole.trees === best.setting.trees ? best : await grow(whole);
      for (let left = stepsOf(settings, options) - grown; left > 0; left--) onTree();
      return finish(design, made);
    },
  };
};

interface Tried {
  setting: ForestSettings;
  grown: GrownForest;
}

/** As many trees as are not too many nodes. */
function wholeSetting(setting: Omit<ForestSettings, 'trees'>, rows: number): ForestSettings {
  const { minimumLeaf } = setting;
  const fitting = Math.floor((mostNodes * minimumLeaf) / (nodesPerRow * Math.min(rows, rowsPerTree)));
  return { ...setting, trees: Math.max(trees.fewest, Math.min(trees.most, fitting)) };
}

/** Settings are chosen on fewer trees where there are many rows. */
const toChoose = (design: Design, rows: number): ForestSettings[] =>
  shapesFor(rows, design.columns.length, leafSizes).map((setting) => ({
    ...setting,
    trees: Math.min(
      wholeSetting(setting, rows).trees,
      trees.toChoose.most,
      Math.max(trees.toChoose.fewest, Math.round(workToChoose / rows)),
    ),
  }));

/** Trees of all forests that may be grown, known before the first one. */
const stepsOf = (settings: readonly ForestSettings[], options?: ForestSettings): number =>
  settings.reduce((sum, setting) => sum + setting.trees, options ? 0 : trees.most);

const growOptions = ({ columns }: Design, rows: number, setting: ForestSettings, seed: number) => {
  const shape = shapeOf(setting, columns.length);
  return {
    ...shape,
    trees: setting.trees,
    minimumLeaf: setting.minimumLeaf,
    sampleShare: Math.min(shape.sampleShare, rowsPerTree / rows),
    outOfBag: true,
    seed,
  };
};

/** The forest with the least out-of-bag error. */
function leastError(tried: readonly Tried[], rows: Int32Array, design: Design): Tried {
  if (tried.length === 1) return tried[0];
  const losses = tried.map(({ grown }) => outOfBagError(grown.outOfBag, rows, design));
  return tried[losses.indexOf(Math.min(...losses))];
}

function finish(design: Design, { setting, grown: { forest } }: Tried): LearnedModel {
  const answer = { base: 0, divisor: setting.trees, link: 'identity' } as const;
  return {
    ...answerByTrees(design, { forest }, answer),
    trees: { forest },
    answer,
    engine: { name: 'forest', version: engineVersion, options: { ...setting } },
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
  const settings = shapesFor(rows, design.columns.length, leafSizes).map((setting) => ({
    ...setting,
    trees: trees.toChoose.inFolds,
  }));
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
