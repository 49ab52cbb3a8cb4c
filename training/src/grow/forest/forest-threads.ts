import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counters, createForestGrower, type ForestTask, growTrees } from './forest-grower.ts';
import type { FromThread, ThreadTask } from './forest-worker.ts';
import { addOutOfBag, type GrownTrees, type OutOfBagSums } from './grower.ts';

export interface ThreadOptions {
  /** Maximum number of threads, including the calling one; by default as many as the machine runs in parallel. */
  threads?: number;
  signal?: AbortSignal;
  /** Called with the number of finished trees when it has increased. */
  onProgress?(done: number): void;
}

interface Thread {
  worker: Worker;
  /** Rejects if the thread fails or the work is aborted. */
  finished: Promise<OutOfBagSums>;
}

/** Rows × trees × depth that take about as long as starting a thread. */
const workPerThread = 5e6;

/** Time after which the calling thread gives way to its event loop, in milliseconds. */
const turn = 10;

/** Grows the trees of a forest. Each thread, including the calling one, takes the next tree that no other has started. */
export async function growInThreads(
  task: ForestTask,
  { threads = availableParallelism(), signal, onProgress }: ThreadOptions,
): Promise<{ grown: GrownTrees[]; outOfBag: OutOfBagSums }> {
  signal?.throwIfAborted();
  const grown: GrownTrees[] = [];
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const failure = new AbortController();
  const stop = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  let reported = 0;
  const report = () => {
    const done = Atomics.load(shared, counters.done);
    if (done > reported) onProgress?.(done);
    reported = done;
  };
  const take = (trees: GrownTrees) => {
    grown.push(trees);
    report();
  };
  const helpers = Array.from({ length: Math.min(threads, usefulThreads(task)) - 1 }, () =>
    startThread({ task, shared }, take, stop),
  );
  const finished = Promise.all(helpers.map((helper) => helper.finished));
  finished.catch((error) => failure.abort(error));
  try {
    const grower = createForestGrower(task);
    let pause = performance.now() + turn;
    for (const trees of growTrees(grower, task.options.trees, shared)) {
      if (trees) take(trees);
      else report();
      stop.throwIfAborted();
      if (performance.now() < pause) continue;
      await setImmediate();
      stop.throwIfAborted();
      pause = performance.now() + turn;
    }
    for (const sums of await finished) addOutOfBag(grower.outOfBag, sums);
    return { grown, outOfBag: grower.outOfBag };
  } finally {
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
}

function usefulThreads(task: ForestTask): number {
  const { trees, mask } = task.options;
  const rows = rowsOf(task);
  const work = trees * rows * (1 + (mask?.copies ?? 0)) * Math.log2(rows + 1);
  return Math.max(1, Math.min(trees, Math.floor(work / workPerThread)));
}

function rowsOf(task: ForestTask): number {
  if ('counts' in task) return task.counts.rows;
  return 'classes' in task ? task.classes.rows : task.training.rows.length;
}

function startThread(task: ThreadTask, take: (trees: GrownTrees) => void, stop: AbortSignal): Thread {
  // The worker is beside this file, both in the sources (.ts) and in the bundle (.mjs).
  const file = new URL(`./forest-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<OutOfBagSums>();
  worker
    .on('message', (message: FromThread) => {
      if ('outOfBag' in message) resolve(message.outOfBag);
      else take(message);
    })
    .on('error', reject)
    .on('exit', () => reject(new Error('a worker thread ended before its trees were grown')));
  stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  return { worker, finished: promise };
}
