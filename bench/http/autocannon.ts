import autocannon from 'autocannon';
import type { Answers, Load } from './load-types.ts';

/** Makes a load with autocannon, from npm. @throws Error if an answer is missing */
export async function autocannonLoad({ url, connections, body, seconds }: Load): Promise<Answers> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections,
    duration: seconds,
  });
  if (result.errors > 0) throw new Error(`${result.errors} requests failed`);
  const good = result['2xx'];
  return { good, refused: result.non2xx, rate: good / result.duration, p99: result.latency.p99 };
}
