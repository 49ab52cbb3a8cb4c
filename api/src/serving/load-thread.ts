import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** Limits how much memory a manifest can make the thread allocate, in MB. */
const memory = { maxOldGenerationSizeMb: 256 };

/** Starts the thread that reads and checks versions. This file imports almost nothing, so that a program can begin with it. */
export function startLoadThread(): Worker {
  // Beside this file, from source (.ts) as well as bundled (.mjs).
  const file = new URL(`./load-worker${extname(import.meta.filename)}`, import.meta.url);
  const thread = new Worker(file, { resourceLimits: memory });
  thread.unref(); // an idle thread must not keep the process alive
  return thread;
}
