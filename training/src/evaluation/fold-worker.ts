import { parentPort, workerData } from 'node:worker_threads';
import { createDesign } from '../design.ts';
import { createLearner } from '../learners/index.ts';
import { type LearnTask, predictFold } from './fold.ts';
import type { LearnWorkerData } from './fold-threads.ts';

const { table, columns }: LearnWorkerData = workerData;
const design = createDesign(table, columns);

parentPort?.on('message', ({ recipe, fold, stages }: LearnTask) => {
  parentPort?.postMessage(predictFold(createLearner(recipe, design), fold, stages));
});
