import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { boost, chooseRounds, type TrainingRows } from '../grow/index.ts';
import { answerByTrees, type ModelLearner, splitsOf, trainingOf } from './learner.ts';

const rate = 0.05;
const shared = { minimumWeight: 2, l2: 3, rowShare: 0.5, columnShare: 0.4, mask: { copies: 3 } };
const depths = [1, 2];
const search = { folds: 5, maximum: 400, patience: 30 };

export interface BoostedOptions {
  rounds: number;
  maxDepth: number;
  /** Learning rate: each tree's leaves are multiplied by it. */
  rate: number;
}

/**
 * Gradient-boosted trees, trained on the rows and on masked copies of them.
 * @param options chosen by inner cross-validation if left out
 */
export const boosted = (design: Design, options?: BoostedOptions): ModelLearner => ({
  name: 'boosted',
  label: { en: 'Boosted trees', 'pt-BR': 'Árvores com boosting' },
  learn(rows, seed) {
    const training = trainingOf(design, rows);
    const { rounds, maxDepth, rate } = options ?? chooseOptions(design, training, seed);
    const { base, forest } = boost(training, { ...shared, loss: design.loss, maxDepth, rate, seed }, rounds);
    const answer = { base, divisor: 1, link: design.link };
    const trees = { forest };
    return {
      ...answerByTrees(design, trees, answer),
      trees,
      answer,
      engine: {
        name: 'boosted',
        version: engineVersion,
        options: { rounds, maxDepth, rate },
      },
    };
  },
});

function chooseOptions(design: Design, training: TrainingRows, seed: number): BoostedOptions {
  const { loss } = design;
  const splits = splitsOf(design, training.rows, seed);
  const within = { ...search, ...(splits && { splits }) };
  const tableFor = (rows: Int32Array) => design.forRows(rows).binned;
  const tried = depths.map((maxDepth) => ({
    maxDepth,
    ...chooseRounds(training, { ...shared, loss, maxDepth, rate, seed }, within, tableFor),
  }));
  const { rounds, maxDepth } = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  return { rounds, maxDepth, rate };
}
