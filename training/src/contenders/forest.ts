import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { growForestSync } from '../grow/index.ts';
import type { Candidate } from './contender.ts';
import { answerByTrees } from './tree-answers.ts';

const trees = 300;
const leaves = [3, 6, 12];

/** A random forest, also learned from masked copies of the rows; its leaf size chosen out of bag. */
export const forest = (design: Design): Candidate => ({
  name: 'forest',
  label: { en: 'Random forest', 'pt-BR': 'Floresta aleatória' },
  learn(rows, seed) {
    const training = { table: design.binned, target: design.target, rows };
    const tried = leaves.map((minimumLeaf) => {
      const grown = growForestSync(training, {
        trees,
        columnsPerSplit: Math.ceil(Math.sqrt(design.columns.length)),
        minimumLeaf,
        sampleShare: 1,
        replace: true,
        mask: { copies: 2 },
        outOfBag: true,
        seed,
      });
      return { minimumLeaf, grown, loss: outOfBagError(grown.outOfBag, rows, design.target) };
    });
    const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
    const answer = { base: 0, divisor: trees, link: 'identity' } as const;
    return {
      ...answerByTrees(design, best.grown, answer),
      trees: { forest: best.grown.forest },
      answer,
      engine: { name: 'forest', version: engineVersion, options: { trees, minimumLeaf: best.minimumLeaf } },
    };
  },
});

/** Mean squared error over the rows that some tree did not draw. */
function outOfBagError(predicted: Float64Array, rows: Int32Array, target: ArrayLike<number>): number {
  let sum = 0;
  let counted = 0;
  for (let i = 0; i < rows.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    sum += (predicted[i] - target[rows[i]]) ** 2;
    counted++;
  }
  return sum / counted;
}
