import { autocannonLoad } from './autocannon.ts';
import type { Server } from './servers.ts';
import { findWrk, wrkLoad } from './wrk.ts';

/** The same request over and over, each connection sending the next one when it has its answer. */
export interface Load {
  url: string;
  connections: number;
  body: string;
  seconds: number;
}

/** What a load was answered by. */
export interface Answers {
  good: number;
  refused: number;
  /** Good answers in a second. */
  rate: number;
  /** Milliseconds. */
  p99: number;
}

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
