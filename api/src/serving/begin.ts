import { once } from 'node:events';
import type { Serving } from './serving.ts';

/** Begins to serve. From when it resolves, the first version is read in another thread, so that this one may be held up. */
export async function beginServing(serving: Serving): Promise<void> {
  await Promise.race([once(serving.events, 'load'), serving.start()]);
}
