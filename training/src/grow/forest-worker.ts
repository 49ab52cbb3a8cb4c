import { parentPort, workerData } from 'node:worker_threads';
import type { Forest } from '@hearth/artifact';
import { createForestGrower, type ForestTask } from './forest-grower.ts';
import type { OutOfBagSums } from './out-of-bag.ts';

export interface ThreadTask {
  task: ForestTask;
  /** The next tree that no thread has taken; [1], shared. */
  next: Int32Array;
}

/** The trees as they are grown, and at the end the out-of-bag sums of all of them. */
export type FromThread = { tree: number; grown: Forest } | { outOfBag: OutOfBagSums };

const { task, next }: ThreadTask = workerData;
const grower = createForestGrower(task);
for (let tree = Atomics.add(next, 0, 1); tree < task.options.trees; tree = Atomics.add(next, 0, 1)) {
  const grown = grower.grow(tree);
  const moved = Object.values(grown).map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage({ tree, grown } satisfies FromThread, moved);
}
parentPort?.postMessage({ outOfBag: grower.outOfBag } satisfies FromThread);
