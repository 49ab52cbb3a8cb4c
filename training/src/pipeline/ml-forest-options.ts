import type { Design } from '../design.ts';
import type { FoldPool } from '../evaluation/fold.ts';
import { predictOutOfFoldInPool } from '../evaluation/out-of-fold.ts';
import type { MlForestOptions } from '../learners/ml-random-forest/grow.ts';
import { assertUsable } from '../learners/ml-random-forest/learner.ts';
import type { Progress } from '../progress.ts';
import { describe, meanLoss } from './judge.ts';

/** The settings to choose from. */
const everySetting = [25, 50, 100, 150].flatMap((minNumSamples) =>
  [1, 2, 3].map((maxDepth) => ({ minNumSamples, maxDepth })),
);
const trees = { choice: 100, final: 500 };

/** Chooses the options of ml-random-forest by cross-validation, once and with fewer trees: it is too slow to do so in every fold. @throws InputError */
export async function chooseMlForestOptions(
  pool: FoldPool,
  design: Design,
  seed: number,
  progress: Progress,
  settings = everySetting,
): Promise<MlForestOptions> {
  assertUsable(design);
  const protocol = { folds: 5, repeats: 3, seed };
  const onFold = progress.start(
    `ml-random-forest: ${settings.length} settings, ${describe(protocol)}`,
    settings.length * 15,
  );
  const tried = settings.map(async (setting) => {
    const options = { ...setting, trees: trees.choice };
    const recipe = { learner: 'ml-random-forest', options } as const;
    const outOfFold = await predictOutOfFoldInPool(pool, recipe, design, protocol, { onFold });
    return { setting, loss: meanLoss(design, outOfFold.whole) };
  });
  const best = (await Promise.all(tried)).reduce((a, b) => (b.loss < a.loss ? b : a));
  return { ...best.setting, trees: trees.final };
}
