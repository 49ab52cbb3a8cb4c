import { mlForest } from '../contenders/ml-forest.ts';
import type { Design } from '../design.ts';
import type { MlForestOptions } from '../engines/ml-random-forest.ts';
import { predictOutOfFold } from '../evaluation/out-of-fold.ts';
import type { Progress } from '../progress.ts';
import { describe, meanLoss } from './evaluate.ts';

/** Settings to choose among. */
const everySetting = [25, 50, 100, 150].flatMap((minNumSamples) =>
  [1, 2, 3].map((maxDepth) => ({ minNumSamples, maxDepth })),
);
const trees = { choice: 100, final: 500 };

/** Chooses the options of ml-random-forest by cross-validation, once, with fewer trees: it is too slow to do so in every fold. */
export function chooseMlForestOptions(
  design: Design,
  seed: number,
  progress: Progress,
  settings = everySetting,
): MlForestOptions {
  const protocol = { folds: 5, repeats: 3, seed };
  const onFold = progress.start(
    `ml-random-forest: ${settings.length} settings, ${describe(protocol)}`,
    settings.length * 15,
  );
  const tried = settings.map((setting) => {
    const contender = mlForest(design, { ...setting, trees: trees.choice });
    return { setting, loss: meanLoss(design, predictOutOfFold(contender, design, protocol, { onFold })) };
  });
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  return { ...best.setting, trees: trees.final };
}
