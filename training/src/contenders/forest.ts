import type { Design } from '../design.ts';
import { engineVersion } from '../engine-version.ts';
import { type GrownForest, growForest, growForestSync } from '../grow/index.ts';
import type { Candidate, LearnedModel } from './contender.ts';
import { answerByTrees } from './tree-answers.ts';

const trees = 300;
const leaves = [3, 6, 12];

/** A random forest, also learned from masked copies of the rows; its leaf size chosen out of bag. */
export const forest = (design: Design): Candidate => ({
  name: 'forest',
  label: { en: 'Random forest', 'pt-BR': 'Floresta aleatória' },
  learn(rows, seed) {
    const training = trainingOf(design, rows);
    return choose(
      design,
      rows,
      leaves.map((leaf) => growForestSync(training, optionsOf(design, leaf, seed))),
    );
  },
  async learnInThreads(rows, seed, progress) {
    const training = trainingOf(design, rows);
    const onTree = progress.start('random forest on all rows', leaves.length * trees);
    const grown: GrownForest[] = [];
    for (const leaf of leaves) {
      let seen = 0;
      const onProgress = (done: number) => {
        for (; seen < done; seen++) onTree();
      };
      grown.push(await growForest(training, optionsOf(design, leaf, seed), { onProgress }));
    }
    return choose(design, rows, grown);
  },
});

const trainingOf = ({ binned, target }: Design, rows: Int32Array) => ({ table: binned, target, rows });

const optionsOf = ({ columns }: Design, minimumLeaf: number, seed: number) => ({
  trees,
  columnsPerSplit: Math.ceil(Math.sqrt(columns.length)),
  minimumLeaf,
  sampleShare: 1,
  replace: true,
  mask: { copies: 2 },
  outOfBag: true,
  seed,
});

/** @param grown a forest for each leaf size */
function choose(design: Design, rows: Int32Array, grown: readonly GrownForest[]): LearnedModel {
  const losses = grown.map(({ outOfBag }) => outOfBagError(outOfBag, rows, design.target));
  const best = losses.indexOf(Math.min(...losses));
  const answer = { base: 0, divisor: trees, link: 'identity' } as const;
  const { forest } = grown[best];
  return {
    ...answerByTrees(design, { forest }, answer),
    trees: { forest },
    answer,
    engine: { name: 'forest', version: engineVersion, options: { trees, minimumLeaf: leaves[best] } },
  };
}

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
