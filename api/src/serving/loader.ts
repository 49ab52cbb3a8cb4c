import { basename } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { adoptModel, type Check, type Model } from '@hearth/artifact';
import { startLoadThread } from './load-thread.ts';
import type { LoadAnswer } from './load-worker.ts';

/** Longer than any artifact takes to load, in milliseconds; if a mount hangs, this reports it. */
const patience = 60_000;

export interface LoadedModel {
  model: Model;
  /** When it was published, ISO 8601, if the journal has it. */
  published?: string;
}

/** `check` is the check that the artifact failed; absent if the files could not be read. */
export interface LoadError extends Error {
  check?: Check;
}

export interface Loader {
  /**
   * Loads a version in the loading thread; this thread only takes over the finished arrays. Loads take turns.
   * @throws LoadError
   */
  load(folder: string): Promise<LoadedModel>;
  close(): Promise<void>;
}

/**
 * Keeps its thread, because starting one takes longer than loading a model, and holds up the event loop for longer.
 * @param started a thread that is already running
 */
export function createLoader(started?: Worker): Loader {
  let worker = started && listenTo(started);
  let waiting: PromiseWithResolvers<LoadAnswer> | undefined;
  /** The last of the loads that are under way or wait. */
  let last: Promise<unknown> | undefined;

  function listenTo(thread: Worker): Worker {
    return thread
      .on('message', (answer: LoadAnswer) => waiting?.resolve(answer))
      .on('error', (error) => waiting?.reject(error))
      .on('exit', () => {
        worker = undefined; // the next load starts another
        waiting?.reject(new Error('the thread that loads models ended'));
      });
  }

  async function ask(folder: string): Promise<LoadAnswer> {
    waiting = Promise.withResolvers();
    worker ??= listenTo(startLoadThread());
    const { promise, reject } = waiting;
    const late = setTimeout(() => {
      reject(new Error(`${folder} could not be read within ${patience / 1000} s`));
      void worker?.terminate();
    }, patience);
    worker.ref();
    worker.postMessage(folder);
    try {
      return await promise;
    } finally {
      clearTimeout(late);
      worker?.unref(); // an idle thread must not keep the process alive
    }
  }

  return {
    async load(folder) {
      const asked = last ? last.then(() => ask(folder)) : ask(folder);
      const ended = asked.catch(() => {}); // the next load takes its turn either way
      last = ended;
      const answer = await asked.finally(() => {
        if (last === ended) last = undefined;
      });
      if ('reason' in answer) throw Object.assign(new Error(answer.reason), { check: answer.check });
      const { manifest, trees, packed, published } = answer;
      return { model: adoptModel(manifest, trees, packed, basename(folder)), published };
    },
    async close() {
      await worker?.terminate();
    },
  };
}
