import { EventEmitter, once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startLoadThread } from '../src/serving/load-thread.ts';

/** Shared by all servers of a test file: to start a thread takes fifty times as long as to load a small model. */
let thread: Worker | undefined;
let turn: Promise<unknown> = Promise.resolve();

/** The shared thread as one server sees it. Loads of several servers take turns; to terminate it leaves the thread to the others. */
class LentThread extends EventEmitter {
  postMessage(folder: string): void {
    thread ??= startLoadThread();
    const shared = thread;
    turn = turn.then(async () => {
      shared.postMessage(folder);
      this.emit('message', ...(await once(shared, 'message')));
    });
  }
  ref(): void {}
  unref(): void {}
  async terminate(): Promise<void> {
    this.removeAllListeners();
  }
}

export const lendLoadThread = (): Worker => new LentThread() as unknown as Worker;
