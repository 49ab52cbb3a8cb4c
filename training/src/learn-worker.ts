import { parentPort, workerData } from 'node:worker_threads';
import { createContender } from './contenders/recipe.ts';
import { createDesign } from './design.ts';
import { predictFold } from './evaluation/out-of-fold.ts';
import type { LearnTask, LearnWorkerData } from './learn-threads.ts';

const { table, columns }: LearnWorkerData = workerData;
const design = createDesign(table, columns);

parentPort?.on('message', ({ recipe, fold, stages }: LearnTask) => {
  parentPort?.postMessage(predictFold(createContender(recipe, design), fold, stages));
});
