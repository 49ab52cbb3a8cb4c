import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { type BoostOptions, boost, chooseRounds } from '../grow/index.ts';
import type { Candidate } from './contender.ts';
import { answerByTrees } from './tree-answers.ts';

const shared = { rate: 0.05, minimumWeight: 2, l2: 3, rowShare: 0.5, columnShare: 0.4, mask: { copies: 3 } };
const depths = [1, 2];
const rounds = { folds: 5, maximum: 400, patience: 30 };

/** Gradient-boosted trees, also learned from masked copies of the rows; their number and depth chosen by inner cross-validation. */
export const boosted = (design: Design): Candidate => ({
  name: 'boosted',
  label: { en: 'Boosted trees', 'pt-BR': 'Árvores com boosting' },
  learn(rows, seed) {
    const training = { table: design.binned, target: design.target, rows };
    const tried = depths.map((maxDepth) => {
      const options: BoostOptions = { ...shared, loss: design.loss, maxDepth, seed };
      return { options, ...chooseRounds(training, options, rounds) };
    });
    const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
    const { base, forest } = boost(training, best.options, best.rounds);
    const answer = { base, divisor: 1, link: design.loss === 'logistic' ? 'logit' : 'identity' } as const;
    const trees = { forest };
    return {
      ...answerByTrees(design, trees, answer),
      trees,
      answer,
      engine: {
        name: 'boosted',
        version: engineVersion,
        options: { rounds: best.rounds, maxDepth: best.options.maxDepth, rate: shared.rate },
      },
    };
  },
});
