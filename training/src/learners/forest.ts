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

/** The settings to choose from if the options are left out. */
const everySetting: ForestSettings[] = [3, 6, 12].map((minimumLeaf) => ({ trees: 300, minimumLeaf }));

/**
 * A random forest, trained on the rows and on masked copies of them.
 * @param options if left out, the leaf size with the least out-of-bag error is chosen; with groups or times, the least error in inner folds
 */
export const forest = (design: Design, options?: ForestSettings): ModelLearner => {
  /** Where rows belong together, the rows that a tree did not draw are not new to it, and settings are chosen in folds. */
  const settingsFor = (rows: Int32Array, seed: number): ForestSettings[] => {
    if (options) return [options];
    const splits = splitsOf(design, rows, seed);
    return splits ? [chooseInFolds(design, splits, seed)] : everySetting;
  };
  return {
    name: 'forest',
    label: { en: 'Random forest', 'pt-BR': 'Floresta aleatória' },
    learn(rows, seed) {
      const training = trainingOf(design, rows);
      const settings = settingsFor(rows, seed);
      const grown = settings.map((setting) => growForestSync(training, growOptions(design, setting, seed)));
      return choose(design, rows, settings, grown);
    },
    async learnInThreads(rows, seed, progress) {
      const training = trainingOf(design, rows);
      const settings = settingsFor(rows, seed);
      const trees = settings.reduce((sum, setting) => sum + setting.trees, 0);
      const onTree = progress.start('random forest on all rows', trees);
      const grown: GrownForest[] = [];
      for (const setting of settings) {
        let seen = 0;
        const onProgress = (done: number) => {
          for (; seen < done; seen++) onTree();
        };
        grown.push(await growForest(training, growOptions(design, setting, seed), { onProgress }));
      }
      return choose(design, rows, settings, grown);
    },
  };
};

const growOptions = ({ columns }: Design, { trees, minimumLeaf }: ForestSettings, seed: number) => ({
  trees,
  columnsPerSplit: Math.ceil(Math.sqrt(columns.length)),
  minimumLeaf,
  sampleShare: 1,
  replace: true,
  mask: { copies: 2 },
  outOfBag: true,
  seed,
});

/** The forest with the least out-of-bag error. @param grown a forest for each setting */
function choose(
  design: Design,
  rows: Int32Array,
  settings: readonly ForestSettings[],
  grown: readonly GrownForest[],
): LearnedModel {
  const losses = grown.map(({ outOfBag }) => outOfBagError(outOfBag, rows, design));
  const best = losses.indexOf(Math.min(...losses));
  const { trees, minimumLeaf } = settings[best];
  const answer = { base: 0, divisor: trees, link: 'identity' } as const;
  const { forest } = grown[best];
  return {
    ...answerByTrees(design, { forest }, answer),
    trees: { forest },
    answer,
    engine: { name: 'forest', version: engineVersion, options: { trees, minimumLeaf } },
  };
}

/** The setting with the least squared error on the rows held out. */
function chooseInFolds(design: Design, splits: readonly Split[], seed: number): ForestSettings {
  const loss = (setting: ForestSettings) =>
    splits.reduce((sum, { train, test }) => {
      const { forest } = growForestSync(trainingOf(design, train), growOptions(design, setting, seed));
      const answer = { base: 0, divisor: setting.trees, link: 'identity' } as const;
      const { predict } = answerByTrees(design, { forest }, answer);
      return test.reduce(
        (a, row) => a + weightOf(design, row) * (predict(row) - design.target[row]) ** 2,
        sum,
      );
    }, 0);
  const losses = everySetting.map(loss);
  return everySetting[losses.indexOf(Math.min(...losses))];
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
