import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Table } from '../data/table.ts';
import type { Design } from '../design.ts';
import { createLearner } from '../learners/index.ts';
import { type FoldPool, type FoldPredictions, type FoldTask, predictFold } from './fold.ts';

/** A pool that trains on the calling thread, one task after the other. */
export function singleThreadPool(design: Design): FoldPool {
  const ignore = () => {};
  let last = Promise.resolve();
  return {
    predict({ recipe, fold, stages }) {
      const predictions = last.then(() => predictFold(createLearner(recipe, design), fold, stages));
      last = predictions.then(ignore, ignore); // the caller handles the error; the next task runs in any case
      return predictions;
    },
    close: async () => {},
  };
}

export interface FoldWorkerData {
  table: Table;
  columns?: readonly string[];
}

interface Job extends PromiseWithResolvers<FoldPredictions> {
  task: FoldTask;
}

/** A pool of worker threads, each with one task at a time; by default as many as the machine runs in parallel. */
export function threadPool(source: FoldWorkerData, threads = availableParallelism()): FoldPool {
  const waiting: Job[] = [];
  const idle: Thread[] = [];
  let failure: Error | undefined;
  const all = Array.from({ length: threads }, () => startThread(source, next, fail));
  idle.push(...all);

  function next(thread: Thread): void {
    thread.job = waiting.shift();
    if (thread.job) thread.worker.postMessage(thread.job.task);
    else idle.push(thread);
  }

  function fail(error: Error): void {
    failure = error;
    for (const { job } of all) job?.reject(error);
    for (const job of waiting.splice(0)) job.reject(error);
  }

  return {
    predict(task) {
      if (failure) return Promise.reject(failure);
      const job = { ...Promise.withResolvers<FoldPredictions>(), task };
      waiting.push(job);
      const thread = idle.pop();
      if (thread) next(thread);
      return job.promise;
    },
    async close() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

interface Thread {
  worker: Worker;
  job?: Job;
}

function startThread(
  source: FoldWorkerData,
  next: (thread: Thread) => void,
  fail: (error: Error) => void,
): Thread {
  // The worker is beside this file, both in the sources (.ts) and in the bundle (.mjs).
  const file = new URL(`./fold-worker${extname(import.meta.filename)}`, import.meta.url);
  const thread: Thread = { worker: new Worker(file, { workerData: source }) };
  thread.worker
    .on('message', (predictions: FoldPredictions) => {
      thread.job?.resolve(predictions);
      next(thread);
    })
    .on('error', fail);
  return thread;
}
