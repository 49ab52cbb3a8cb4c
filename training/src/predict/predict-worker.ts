import { parentPort, workerData } from 'node:worker_threads';
import { readModel } from '@hearth/artifact/store';
import { type Batch, batchAnswerer } from './batches.ts';
import type { PredictWorkerData } from './threads.ts';

/** Answers batches of rows, one after the other. */
const { folder, settings } = workerData as PredictWorkerData;
const answer = batchAnswerer(await readModel(folder), settings);
parentPort?.on('message', (batch: Batch) => {
  const answered = answer(batch);
  const { content } = answered;
  parentPort?.postMessage(answered, content instanceof Uint8Array ? [content.buffer as ArrayBuffer] : []);
});
