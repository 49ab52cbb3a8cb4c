import { autocannonLoad } from './autocannon.ts';
import type { Answers, Load } from './load-types.ts';
import type { Server } from './servers.ts';
import { findWrk, wrkLoad } from './wrk.ts';

export interface Measured extends Answers {
  /** Microseconds of the server's CPU time per answer with status 200. */
  cpu: number;
}

const makeLoad = findWrk() ? wrkLoad : autocannonLoad;

/** The program that makes the load: wrk if it is installed, because autocannon is slower than the servers. */
export const loadedBy = makeLoad === wrkLoad ? 'wrk' : 'autocannon';

/** Sends a load to a server. @throws Error if an answer is missing, or none has status 200 */
export async function measure({ url, cpu }: Server, load: Omit<Load, 'url'>): Promise<Measured> {
  const before = cpu();
  const answers = await makeLoad({ ...load, url: `${url}/predict` });
  if (answers.good === 0) throw new Error(`no answer with status 200; ${answers.refused} refusals`);
  return { ...answers, cpu: ((cpu() - before) / answers.good) * 1e6 };
}
