import { parentPort, workerData } from 'node:worker_threads';
import { createForestGrower, type ForestTask, growTrees } from './forest-grower.ts';
import type { GrownTrees, OutOfBagSums } from './grower.ts';

export interface ThreadTask {
  task: ForestTask;
  /** The shared counters; `counters` names the elements. */
  shared: Int32Array;
}

/** Messages: finished trees, and at the end the out-of-bag sums of all of them. */
export type FromThread = GrownTrees | { outOfBag: OutOfBagSums };

const { task, shared }: ThreadTask = workerData;
const grower = createForestGrower(task);
for (const grown of growTrees(grower, task.options.trees, shared)) {
  if (!grown) continue;
  const moved = Object.values(grown.trees).map(({ buffer }) => buffer as ArrayBuffer);
  parentPort?.postMessage(grown satisfies FromThread, moved);
}
parentPort?.postMessage({ outOfBag: grower.outOfBag } satisfies FromThread);
