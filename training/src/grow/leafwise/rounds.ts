import type { Forest } from '@hearth/artifact';
import { createBooster } from './booster.ts';
import type { SetFeature } from './category-sets.ts';
import type { GradientBoosting } from './grow-round.ts';
import type { BoostedRows } from './scored-rows.ts';

export interface Boosted {
  /** The score of an output is its base plus the sum of the leaves of its forest. */
  base: number[];
  forests: Forest[];
  /** Sets of categories on which they split: features behind those of the table. */
  sets: SetFeature[];
}

/** Grows so many rounds of gradient-boosted trees. @param threads how many; their number changes no byte */
export function boostLeafwise(
  training: BoostedRows,
  options: GradientBoosting,
  rounds: number,
  threads = 1,
): Boosted {
  const booster = createBooster(training, options, { threads });
  for (let round = 0; round < rounds; round++) booster.grow();
  return { base: booster.base, ...booster.finish() };
}

/**
 * The number of rounds with the least loss on rows held out, and that loss; all splits grow at the same time. With `mask`, the loss is over
 * these rows and their masked copies.
 * @param splits the rows to train on, and others of the same table
 */
export function chooseLeafwiseRounds(
  splits: readonly { training: BoostedRows; test: Int32Array }[],
  options: GradientBoosting,
  /** At most so many rounds; stop after `patience` rounds without a smaller loss. */
  { maximum, patience }: { maximum: number; patience: number },
  threads = 1,
): { rounds: number; loss: number } {
  const held = splits.map(({ training, test }) => ({
    rows: test.length,
    booster: createBooster(training, options, { held: { table: training.table, rows: test }, threads }),
  }));
  const total = held.reduce((sum, { rows }) => sum + rows, 0);
  const loss = () => held.reduce((sum, { rows, booster }) => sum + (rows / total) * booster.heldOutLoss(), 0);
  let best = { rounds: 0, loss: loss() };
  for (let round = 1; round <= maximum && round - best.rounds <= patience; round++) {
    for (const { booster } of held) booster.grow();
    const now = loss();
    if (now < best.loss) best = { rounds: round, loss: now };
  }
  for (const { booster } of held) booster.finish();
  return best;
}
