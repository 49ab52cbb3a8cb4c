import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counters, createForestGrower, type ForestTask, growTrees } from './forest-grower.ts';
import type { FromThread, ThreadTask } from './forest-worker.ts';
import type { GrownTrees } from './grower.ts';
import { addOutOfBag, type OutOfBagSums } from './out-of-bag.ts';

export interface ThreadOptions {
  /** Most threads, with the calling one; as many as the machine runs at once when not given. */
  threads?: number;
  signal?: AbortSignal;
  /** Called with the number of trees that are done, whenever it has grown. */
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
): Promise<{ grown: GrownTrees[]; outOfBag: OutOfBagSums }> {
  signal?.throwIfAborted();
  const grown: GrownTrees[] = [];
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const failure = new AbortController();
  const stop = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  let told = 0;
  const tell = () => {
    const done = Atomics.load(shared, counters.done);
    if (done > told) onProgress?.(done);
    told = done;
  };
  const take = (trees: GrownTrees) => {
    grown.push(trees);
    tell();
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
      else tell();
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
  const rows = 'counts' in task ? task.counts.rows : task.training.rows.length;
  const work = trees * rows * (1 + (mask?.copies ?? 0)) * Math.log2(rows + 1);
  return Math.max(1, Math.min(trees, Math.floor(work / worthAThread)));
}

function startThread(task: ThreadTask, take: (trees: GrownTrees) => void, stop: AbortSignal): Thread {
  // Beside this file, from source (.ts) as well as bundled (.mjs).
  const file = new URL(`./forest-worker${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(file, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<OutOfBagSums>();
  worker
    .on('message', (message: FromThread) => {
      if ('outOfBag' in message) resolve(message.outOfBag);
      else take(message);
    })
    .on('error', reject)
    .on('exit', () => reject(new Error('a thread that grows trees ended before they were grown')));
  stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  return { worker, finished: promise };
}
