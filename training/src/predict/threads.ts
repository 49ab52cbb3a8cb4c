import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AnsweredBatch, Batch, Settings } from './batches.ts';

export interface PredictWorkerData {
  /** Of the version, which each thread loads. */
  folder: string;
  settings: Settings;
}

/** So many rows are answered by the calling thread: to start others takes longer. */
const fewRows = 20_000;
/** Batches that wait, for each thread. */
const waiting = 2;

/**
 * Answers the batches of a file, in their order: the first ones by `first`, the others in threads, as many as the machine runs in parallel.
 * At most so many batches are in memory as keep the threads busy.
 */
export async function* inThreads(
  batches: AsyncIterable<Batch>,
  first: (batch: Batch) => AnsweredBatch,
  data: PredictWorkerData,
  threads = availableParallelism(),
): AsyncGenerator<{ batch: Batch; answered: AnsweredBatch }, void> {
  let rows = 0;
  let pool: Pool | undefined;
  const queue: { batch: Batch; answered: Promise<AnsweredBatch> }[] = [];
  const next = async () => {
    const [{ batch, answered }] = queue.splice(0, 1);
    return { batch, answered: await answered };
  };
  try {
    for await (const batch of batches) {
      rows += batch.rows.length;
      if (rows <= fewRows) {
        yield { batch, answered: first(batch) };
        continue;
      }
      pool ??= startPool(data, threads);
      const answered = pool.answer(batch);
      answered.catch(() => {}); // it is thrown when it is its turn
      queue.push({ batch, answered });
      if (queue.length > threads * waiting) yield await next();
    }
    while (queue.length > 0) yield await next();
  } finally {
    await pool?.close();
  }
}

interface Pool {
  answer(batch: Batch): Promise<AnsweredBatch>;
  close(): Promise<void>;
}

/** Each thread answers what it is sent in order; a batch goes to the one with the fewest to answer. */
function startPool(data: PredictWorkerData, count: number): Pool {
  // The worker is beside this file, both in the sources (.ts) and in the bundle (.mjs).
  const file = new URL(`./predict-worker${extname(import.meta.filename)}`, import.meta.url);
  const threads = Array.from({ length: count }, () => {
    const worker = new Worker(file, { workerData: data });
    const jobs: PromiseWithResolvers<AnsweredBatch>[] = [];
    worker
      .on('message', (answered: AnsweredBatch) => jobs.shift()?.resolve(answered))
      .on('error', (error) => {
        for (const job of jobs.splice(0)) job.reject(error);
      });
    return { worker, jobs };
  });
  return {
    answer(batch) {
      const { worker, jobs } = threads.reduce((a, b) => (b.jobs.length < a.jobs.length ? b : a));
      const job = Promise.withResolvers<AnsweredBatch>();
      jobs.push(job);
      worker.postMessage(batch);
      return job.promise;
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
