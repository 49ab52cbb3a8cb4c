import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Table } from '../data/table.ts';
import type { Design } from '../design.ts';
import { createLearner } from '../learners/index.ts';
import { type FoldPool, type FoldPredictions, type LearnTask, predictFold } from './fold.ts';

/** Learns on the calling thread, one task after the other. */
export function learnHere(design: Design): FoldPool {
  const done = () => {};
  let last = Promise.resolve();
  return {
    predict({ recipe, fold, stages }) {
      const predictions = last.then(() => predictFold(createLearner(recipe, design), fold, stages));
      last = predictions.then(done, done); // its failure is for who asked for it
      return predictions;
    },
    close: async () => {},
  };
}

export interface LearnWorkerData {
  table: Table;
  columns?: readonly string[];
}

interface Job extends PromiseWithResolvers<FoldPredictions> {
  task: LearnTask;
}

/** Learns in threads of their own, each with a task at a time; as many as the machine runs at once when not given. */
export function learnInThreads(source: LearnWorkerData, threads = availableParallelism()): FoldPool {
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
  source: LearnWorkerData,
  next: (thread: Thread) => void,
  fail: (error: Error) => void,
): Thread {
  // Beside this file, from source (.ts) as well as bundled (.mjs).
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
