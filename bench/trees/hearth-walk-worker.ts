import { parentPort, workerData } from 'node:worker_threads';
import { createWalk } from '@hearth/artifact';

const { forest, columns, x, sums } = workerData;
const walk = createWalk(forest, columns);
parentPort?.on('message', () => {
  walk.sumBatch(x, sums);
  parentPort?.postMessage('done');
});
