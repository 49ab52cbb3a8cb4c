import { parentPort, workerData } from 'node:worker_threads';
import { createDesign } from '../design.ts';
import { tasksOn } from './fold.ts';
import type { FoldWorkerData, Request } from './fold-threads.ts';

const { table, columns }: FoldWorkerData = workerData;
const tasks = tasksOn(createDesign(table, columns));

parentPort?.on('message', ({ name, task }: Request) => {
  parentPort?.postMessage(tasks[name](task as never));
});
