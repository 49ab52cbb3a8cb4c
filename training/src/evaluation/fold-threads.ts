import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Table } from '../data/table.ts';
import type { Design } from '../design.ts';
import { Abandoned, type FoldPool, type Tasks, tasksOn } from './fold.ts';

/** A pool that works on the calling thread, one task after the other. */
export function singleThreadPool(design: Design): FoldPool {
  const ignore = () => {};
  const tasks = tasksOn(design);
  let last = Promise.resolve();
  return poolOf(
    async (name, task) => {
      const result = last.then(() => tasks[name](task as never));
      last = result.then(ignore, ignore); // the caller handles the error; the next task runs in any case
      return result;
    },
    { abandon: () => false, close: async () => {} },
  );
}

/** A pool of which every task is done by one function. */
function poolOf(
  run: (name: keyof Tasks, task: unknown) => Promise<unknown>,
  others: Pick<FoldPool, 'abandon' | 'close'>,
): FoldPool {
  const by =
    <Name extends keyof Tasks>(name: Name) =>
    (task: Parameters<Tasks[Name]>[0]) =>
      run(name, task) as Promise<ReturnType<Tasks[Name]>>;
  return { predict: by('predict'), learn: by('learn'), learnInterval: by('learnInterval'), ...others };
}

export interface FoldWorkerData {
  table: Table;
  columns?: readonly string[];
}

/** A message to a thread. */
export interface Request {
  name: keyof Tasks;
  task: unknown;
}

interface Job extends PromiseWithResolvers<unknown> {
  request: Request;
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
    if (thread.job) thread.worker.postMessage(thread.job.request);
    else idle.push(thread);
  }

  function fail(error: Error): void {
    failure = error;
    for (const { job } of all) job?.reject(error);
    for (const job of waiting.splice(0)) job.reject(error);
  }

  return poolOf(
    (name, task) => {
      if (failure) return Promise.reject(failure);
      const job = { ...Promise.withResolvers<unknown>(), request: { name, task } };
      waiting.push(job);
      const thread = idle.pop();
      if (thread) next(thread);
      return job.promise;
    },
    {
      abandon() {
        const isPrediction = ({ request }: Job) => request.name === 'predict';
        const given = waiting.filter(isPrediction);
        waiting.splice(0, waiting.length, ...waiting.filter((job) => !isPrediction(job)));
        for (const [i, { worker, job }] of all.entries()) {
          if (!job || !isPrediction(job)) continue;
          given.push(job);
          worker.removeAllListeners(); // an answer that is on its way must not make the thread idle
          void worker.terminate();
          all[i] = startThread(source, next, fail);
          next(all[i]);
        }
        for (const job of given) job.reject(new Abandoned());
        return given.length > 0;
      },
      async close() {
        await Promise.all(all.map(({ worker }) => worker.terminate()));
      },
    },
  );
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
    .on('message', (result: unknown) => {
      thread.job?.resolve(result);
      next(thread);
    })
    .on('error', fail);
  return thread;
}
