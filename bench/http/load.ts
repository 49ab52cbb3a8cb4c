import { autocannonLoad } from './autocannon.ts';
import type { Answers, Load } from './load-types.ts';
import type { Server } from './servers.ts';
import { findWrk, wrkLoad } from './wrk.ts';

export interface Measured extends Answers {
  /** Microseconds of the server's processor time for each good answer. */
  cpu: number;
}

const makeLoad = findWrk() ? wrkLoad : autocannonLoad;

/** The program that makes the load: wrk, in C, where it is installed, because autocannon itself takes longer than the servers. */
export const loadedBy = makeLoad === wrkLoad ? 'wrk' : 'autocannon';

/** Asks a server over and over. @throws Error where an answer is missing, or none is good */
export async function measure({ url, cpu }: Server, load: Omit<Load, 'url'>): Promise<Measured> {
  const before = cpu();
  const answers = await makeLoad({ ...load, url: `${url}/predict` });
  if (answers.good === 0) throw new Error(`no good answer; ${answers.refused} refusals`);
  return { ...answers, cpu: ((cpu() - before) / answers.good) * 1e6 };
}
