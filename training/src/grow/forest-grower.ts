import type { Forest } from '@hearth/artifact';
import { createCountForestGrower } from './count-forest.ts';
import { type CountTable, countTable, isCountable } from './count-table.ts';
import type { OutOfBagSums } from './out-of-bag.ts';
import type { ForestOptions } from './random-forest.ts';
import { createSumForestGrower } from './sum-forest.ts';
import type { TrainingRows } from './training-rows.ts';

/** What trees are grown from, made once and handed to every thread. */
export type ForestTask = { options: ForestOptions } & ({ counts: CountTable } | { training: TrainingRows });

/** Grows any tree of a forest, in any order, in memory of its own. */
export interface ForestGrower {
  /** The tree of this number, with its own random stream. */
  grow(tree: number): Forest;
  /** Answers of the trees grown so far to the rows that they did not draw. */
  outOfBag: OutOfBagSums;
}

/** A forest of a target of 0 and 1 is grown by counting where that is possible, any other by sums of gradients and weights. */
export function prepareForest(training: TrainingRows, options: ForestOptions): ForestTask {
  if (isCountable(training, options)) return { options, counts: countTable(training) };
  return { options, training };
}

export function createForestGrower(task: ForestTask): ForestGrower {
  if ('counts' in task) return createCountForestGrower(task.counts, task.options);
  return createSumForestGrower(task.training, task.options);
}
