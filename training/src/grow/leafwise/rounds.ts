import type { Forest } from '@hearth/artifact';
import { joinForests } from '../join-forests.ts';
import { createBooster } from './booster.ts';
import { createCategorySets, type SetFeature } from './category-sets.ts';
import type { GradientBoosting } from './grow-round.ts';
import type { BoostedRows } from './scored-rows.ts';

export interface Boosted {
  /** The score of an output is its base plus the sum of the leaves of its forest. */
  base: number[];
  forests: Forest[];
  /** Sets of categories on which they split: features behind those of the table. */
  sets: SetFeature[];
}

/**
 * Grows so many rounds of gradient-boosted trees. @param threads how many; their number changes no byte
 * @param models so many are grown with different seeds, and averaged before the link
 */
export function boostLeafwise(
  training: BoostedRows,
  options: GradientBoosting,
  rounds: number,
  threads = 1,
  models = 1,
): Boosted {
  const sets = createCategorySets(training.table.columns);
  const grown = Array.from({ length: models }, (_, i) => {
    const seed = (options.seed + Math.imul(i, 0x9e3779b9)) >>> 0;
    const booster = createBooster(training, { ...options, seed }, { threads });
    for (let round = 0; round < rounds; round++) booster.grow();
    return { base: booster.base, forests: booster.finish(sets) };
  });
  const [{ base, forests }] = grown; // all have the same base
  if (models === 1) return { base, forests, sets: sets.features };
  const averaged = base.map((_, output) => {
    const joined = joinForests(grown.map((each) => each.forests[output]));
    return { ...joined, value: joined.value.map((value) => value / models) };
  });
  return { base, forests: averaged, sets: sets.features };
}

/** Rows to train on, and others of the same table. */
export interface HeldOutSplit {
  training: BoostedRows;
  test: Int32Array;
}

export interface RoundLimits {
  /** Rounds before the first comparison of settings. */
  first: number;
  /** At most so many rounds; stop after `patience` rounds without a smaller loss. */
  maximum: number;
  patience: number;
}

/**
 * Chooses settings and their number of rounds by the loss on rows held out, by successive halving (Jamieson & Talwalkar 2016, AISTATS): after
 * `first` rounds the better half goes on, to twice as many rounds, and so on; the last one grows until its loss no longer falls. Settings are
 * comparable after the same number of rounds only with the same learning rate. With `mask`, the loss is over the rows held out and their masked
 * copies.
 * @param settings at least one; of equal losses, the first is kept @returns the index of the chosen one, its rounds and its loss
 */
export function chooseLeafwise(
  splits: readonly HeldOutSplit[],
  settings: readonly GradientBoosting[],
  limits: RoundLimits,
  threads = 1,
): { setting: number; rounds: number; loss: number } {
  let open = settings.map((options, setting) => ({ setting, contender: follow(splits, options, threads) }));
  for (let rung = limits.first; open.length > 1; rung *= 2) {
    const most = Math.min(rung, limits.maximum);
    for (const { contender } of open) contender.growTo(most, limits.patience);
    const ranked = open.toSorted((a, b) => a.contender.best.loss - b.contender.best.loss);
    const kept = Math.ceil(ranked.length / 2);
    for (const { contender } of ranked.slice(kept)) contender.finish();
    open = ranked.slice(0, kept);
  }
  const [{ setting, contender }] = open;
  contender.growTo(limits.maximum, limits.patience);
  contender.finish();
  return { setting, ...contender.best };
}

/** Boosted trees of one setting on every split, which grow at the same time; the loss is the mean over all rows held out. */
function follow(splits: readonly HeldOutSplit[], options: GradientBoosting, threads: number) {
  const held = splits.map(({ training, test }) => ({
    rows: test.length,
    booster: createBooster(training, options, { held: { table: training.table, rows: test }, threads }),
  }));
  const total = held.reduce((sum, { rows }) => sum + rows, 0);
  const loss = () => held.reduce((sum, { rows, booster }) => sum + (rows / total) * booster.heldOutLoss(), 0);
  let round = 0;
  const contender = {
    best: { rounds: 0, loss: loss() },
    growTo(maximum: number, patience: number): void {
      while (round < maximum && round < contender.best.rounds + patience) {
        for (const { booster } of held) booster.grow();
        round++;
        const now = loss();
        if (now < contender.best.loss) contender.best = { rounds: round, loss: now };
      }
    },
    finish(): void {
      for (const { booster } of held) booster.finish();
    },
  };
  return contender;
}
