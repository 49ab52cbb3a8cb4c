import { parentPort, workerData } from 'node:worker_threads';
import { createContender } from './contenders/recipe.ts';
import { createDesign } from './design.ts';
import { type LearnTask, predictFold } from './evaluation/fold.ts';
import type { LearnWorkerData } from './learn-threads.ts';

const { table, columns }: LearnWorkerData = workerData;
const design = createDesign(table, columns);

parentPort?.on('message', ({ recipe, fold, stages }: LearnTask) => {
  parentPort?.postMessage(predictFold(createContender(recipe, design), fold, stages));
});
