import { parentPort, workerData } from 'node:worker_threads';
import { createDesign } from '../design.ts';
import { createLearner } from '../learners/index.ts';
import { type FoldTask, predictFold } from './fold.ts';
import type { FoldWorkerData } from './fold-threads.ts';

const { table, columns }: FoldWorkerData = workerData;
const design = createDesign(table, columns);

parentPort?.on('message', ({ recipe, fold, stages }: FoldTask) => {
  parentPort?.postMessage(predictFold(createLearner(recipe, design), fold, stages));
});
