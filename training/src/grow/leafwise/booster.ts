import type { Forest } from '@hearth/artifact';
import type { BinnedTable } from '../bins.ts';
import { joinForests, leafTree } from '../join-forests.ts';
import { assertTrainable } from '../training-rows.ts';
import { startHelpers } from './boosting-threads.ts';
import { type CategorySets, createCategorySets } from './category-sets.ts';
import type { GradientBoosting, GrowRound } from './grow-round.ts';
import { hardCopies } from './hard-copies.ts';
import { lossOf } from './losses.ts';
import { type BoostedRows, beginScores, unscoredRows } from './scored-rows.ts';
import { sharedFloats } from './team.ts';
import { numberSets } from './to-forest.ts';

/** Boosted trees, to which more can be added. */
export interface Booster {
  /** The score of each output before any tree. */
  base: number[];
  /** Grows a tree for each output. */
  grow(): void;
  /** Mean loss over the training rows. */
  loss(): number;
  /** Mean loss over the rows held out. */
  heldOutLoss(): number;
  /** Ends its threads. @param sets gets the sets of categories @returns a forest for each output, whose score is the base plus the sum of the leaves */
  finish(sets?: CategorySets): Forest[];
}

/**
 * Gradient boosting with Newton steps (Friedman 2001; Chen & Guestrin 2016, XGBoost) of trees that grow leaf by leaf (Ke et al. 2017,
 * LightGBM). The same rows, options and seed give the same bytes, on any number of threads.
 * @param held rows whose loss is followed; their table has the same bins
 * @param threads how many, with the calling one; quantiles have one
 */
export function createBooster(
  training: BoostedRows,
  options: GradientBoosting,
  { held, threads = 1 }: { held?: { table: BinnedTable; rows: Int32Array }; threads?: number } = {},
): Booster {
  assertTrainable(training);
  const { mask, seed } = options;
  const loss = lossOf(options.loss);
  const own =
    mask?.from === undefined
      ? unscoredRows(training, mask, seed)
      : hardCopies(training, options, { ...mask, from: mask.from });
  const tested = held && unscoredRows({ ...training, ...held }, mask, seed);
  const { target, weight } = own;
  const base = beginScores(tested ? [own, tested] : [own], loss, training.start);
  if (loss.share) own.shares = base.map(() => sharedFloats(own.matrix.rows));
  const team = startHelpers({ own, ...(tested && { tested }), options }, threads);
  const trees: ReturnType<GrowRound>[] = [];
  const total = weight.reduce((sum, each) => sum + each, 0);

  return {
    base,
    grow: () => trees.push(team.grow()),
    loss: () => loss.total(target, weight, own.scores) / total,
    heldOutLoss: () =>
      tested
        ? loss.total(tested.target, tested.weight, tested.scores) / tested.weight.reduce((a, b) => a + b)
        : Number.NaN,
    finish(sets = createCategorySets(own.matrix.columns)) {
      const others = team.finish();
      const forests: Forest[][] = base.map(() => []);
      for (const [round, some] of trees.entries())
        for (const { output, tree } of [...some, ...others.flatMap((rounds) => rounds[round])].sort(
          (a, b) => a.output - b.output,
        ))
          forests[output].push(numberSets(tree, sets));
      return forests.map((some) => joinForests(some.length > 0 ? some : [leafTree(0, total)]));
    },
  };
}
