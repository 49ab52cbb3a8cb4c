import { createCountForestGrower } from '../counts/count-forest.ts';
import { type CountTable, countTable, isCountable } from '../counts/count-table.ts';
import { createSumForestGrower } from '../sums/sum-forest.ts';
import type { TrainingRows } from '../training-rows.ts';
import type { ForestOptions } from './forest-options.ts';
import type { ForestGrower, GrownTrees } from './grower.ts';

/** What trees are grown from, made once and handed to every thread. */
export type ForestTask = { options: ForestOptions } & ({ counts: CountTable } | { training: TrainingRows });

/** A forest of a target of 0 and 1 is grown by counting where that is possible, any other by sums of gradients and weights. */
export function prepareForest(training: TrainingRows, options: ForestOptions): ForestTask {
  if (isCountable(training, options)) return { options, counts: countTable(training) };
  return { options, training };
}

export function createForestGrower(task: ForestTask): ForestGrower {
  if ('counts' in task) return createCountForestGrower(task.counts, task.options);
  return createSumForestGrower(task.training, task.options);
}

/** Nodes after which trees are taken: enough to be worth a message, few enough to be moved in memory. */
const worthTaking = 2 ** 16;

/** What threads count together: the next tree that none has taken, and the trees that are done. */
export const counters = { next: 0, done: 1 } as const;

/** Grows one tree after the other that no thread has taken, up to `trees`, and hands them on. After each it gives way. */
export function* growTrees(
  grower: ForestGrower,
  trees: number,
  shared: Int32Array,
): Generator<GrownTrees | undefined> {
  let numbers: number[] = [];
  for (;;) {
    const tree = Atomics.add(shared, counters.next, 1);
    if (tree >= trees) break;
    grower.grow(tree);
    Atomics.add(shared, counters.done, 1);
    numbers.push(tree);
    if (grower.waiting() < worthTaking) yield;
    else {
      yield { numbers, trees: grower.take() };
      numbers = [];
    }
  }
  if (numbers.length > 0) yield { numbers, trees: grower.take() };
}
