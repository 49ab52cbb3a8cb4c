import autocannon from 'autocannon';
import type { Server } from './servers.ts';

export interface Load {
  connections: number;
  body: string;
  seconds: number;
  /** Requests to send instead, so that none is broken off at the end. */
  amount?: number;
}

export interface Measured {
  /** Good answers in a second. */
  rate: number;
  /** Microseconds of the server's processor time for each answer. */
  cpu: number;
  /** Milliseconds. */
  p99: number;
  /** Answers that were refusals, such as those that shed load. */
  refused: number;
}

/** Asks a server over and over. @throws Error where an answer is missing, or none is good */
export async function measure(
  { url, cpu }: Server,
  { connections, body, seconds, amount }: Load,
): Promise<Measured> {
  const before = cpu();
  const result = await autocannon({
    url: `${url}/predict`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections,
    ...(amount ? { amount } : { duration: seconds }),
  });
  const used = cpu() - before;
  const good = result['2xx'];
  const refused = result.non2xx;
  if (result.errors > 0 || good === 0) throw new Error(`${result.errors} errors, ${refused} refusals`);
  // a number of requests takes autocannon a whole number of seconds, whenever the last was answered
  const rate = amount ? (1000 * connections) / result.latency.average : good / result.duration;
  return { rate, cpu: (used / good) * 1e6, p99: result.latency.p99, refused };
}
