import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Forest } from '@hearth/artifact';
import { createForestGrower, type ForestTask } from './forest-grower.ts';
import type { FromThread, ThreadTask } from './forest-worker.ts';
import { addOutOfBag, type OutOfBagSums } from './out-of-bag.ts';

export interface ThreadOptions {
  /** Most threads, with the calling one; as many as the machine runs at once when not given. */
  threads?: number;
  signal?: AbortSignal;
  /** Called after each tree with the number of trees that are done. */
  onProgress?(done: number): void;
}

interface Thread {
  worker: Worker;
  /** Rejects when the thread fails or the work is aborted. */
  finished: Promise<OutOfBagSums>;
}

/** Rows × trees × depth that one thread grows in less time than another takes to start. */
const worthAThread = 5e6;

/** How long the calling thread grows trees before it gives way to its event loop, in milliseconds. */
const turn = 10;

/** Grows the trees of a forest. Every thread, also the calling one, takes the next tree that none has taken. */
export async function growInThreads(
  task: ForestTask,
  { threads = availableParallelism(), signal, onProgress }: ThreadOptions,
): Promise<{ trees: Forest[]; outOfBag: OutOfBagSums }> {
  signal?.throwIfAborted();
  const trees: Forest[] = new Array(task.options.trees);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const failure = new AbortController();
  const stop = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  let done = 0;
  const take = (tree: number, grown: Forest) => {
    trees[tree] = grown;
    onProgress?.(++done);
  };
  const helpers = Array.from({ length: Math.min(threads, usefulThreads(task)) - 1 }, () =>
    startThread({ task, next }, take, stop),
  );
  const finished = Promise.all(helpers.map((helper) => helper.finished));
  finished.catch((error) => failure.abort(error));
  try {
    const grower = createForestGrower(task);
    let pause = performance.now() + turn;
    for (let tree = Atomics.add(next, 0, 1); tree < trees.length; tree = Atomics.add(next, 0, 1)) {
      take(tree, grower.grow(tree));
      if (performance.now() < pause) continue;
      await setImmediate();
      stop.throwIfAborted();
      pause = performance.now() + turn;
    }
    for (const sums of await finished) addOutOfBag(grower.outOfBag, sums);
    return { trees, outOfBag: grower.outOfBag };
  } finally {
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
}

function usefulThreads(task: ForestTask): number {
  const { trees, mask } = task.options;
  const rows = 'counts' in task ? task.counts.rows : task.training.rows.length;
  const work = trees * rows * (1 + (mask?.copies ?? 0)) * Math.log2(rows + 1);
  return Math.max(1, Math.min(trees, Math.floor(work / worthAThread)));
}

function startThread(
  task: ThreadTask,
  take: (tree: number, grown: Forest) => void,
  stop: AbortSignal,
): Thread {
  // Beside this file, from source (.ts) as well as bundled (.mjs).
  const file = new URL(`./forest-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<OutOfBagSums>();
  worker
    .on('message', (message: FromThread) => {
      if ('outOfBag' in message) resolve(message.outOfBag);
      else take(message.tree, message.grown);
    })
    .on('error', reject)
    .on('exit', () => reject(new Error('a thread that grows trees ended before they were grown')));
  stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  return { worker, finished: promise };
}
