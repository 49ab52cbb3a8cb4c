import { createClassForestGrower } from '../classes/class-forest.ts';
import { type ClassTable, classTable } from '../classes/class-table.ts';
import { createCountForestGrower } from '../counts/count-forest.ts';
import { type CountTable, countTable, isCountable } from '../counts/count-table.ts';
import { createSumForestGrower } from '../sums/sum-forest.ts';
import type { TrainingRows } from '../training-rows.ts';
import type { ForestGrower, ForestOptions, GrownTrees } from './grower.ts';

/** The input of growing trees, prepared once and sent to every thread. */
export type ForestTask = { options: ForestOptions } & (
  | { counts: CountTable }
  | { classes: ClassTable }
  | { training: TrainingRows }
);

/** A forest is grown from the classes of several, from counts if that is possible, otherwise from sums of gradients and weights. */
export function prepareForest(training: TrainingRows, options: ForestOptions): ForestTask {
  if (training.classes) return { options, classes: classTable(training, training.classes) };
  if (isCountable(training, options)) return { options, counts: countTable(training) };
  return { options, training };
}

export function createForestGrower(task: ForestTask): ForestGrower {
  if ('counts' in task) return createCountForestGrower(task.counts, task.options);
  if ('classes' in task) return createClassForestGrower(task.classes, task.options);
  return createSumForestGrower(task.training, task.options);
}

/** Trees are passed on when they have this many nodes: enough to be worth a message, few enough to copy. */
const nodesPerMessage = 2 ** 16;

/** Elements of the counters that threads share: the number of the next tree to grow, and the number of finished trees. */
export const counters = { next: 0, done: 1 } as const;

/** Grows trees that no other thread has started, until there are `trees`. It yields after each tree, sometimes with finished trees. */
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
    if (grower.waiting() < nodesPerMessage) yield;
    else {
      yield { numbers, trees: grower.take() };
      numbers = [];
    }
  }
  if (numbers.length > 0) yield { numbers, trees: grower.take() };
}
