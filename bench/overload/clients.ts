import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What became of the requests of one load: milliseconds to each answer, by status; 0 is a connection that failed. */
export type Outcomes = Map<number, number[]>;

export interface Load {
  url: string;
  body: Buffer;
  seconds: number;
}

/** As many clients as `count`, each of which asks again when it has its answer. */
export async function closedLoop({ url, body, seconds }: Load, count: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const end = performance.now() + seconds * 1000;
  const client = async () => {
    while (performance.now() < end) await send(agent, url, body, outcomes);
  };
  await Promise.all(Array.from({ length: count }, client));
  agent.destroy();
  return outcomes;
}

/** So many requests a second, whether the server keeps up or not. */
export async function openLoop({ url, body, seconds }: Load, perSecond: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const agent = new Agent({ keepAlive: true });
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = began + (i / perSecond) * 1000;
    if (due > performance.now()) await wait(due - performance.now());
    sent.push(send(agent, url, body, outcomes));
  }
  await Promise.all(sent);
  agent.destroy();
  return outcomes;
}

function send(agent: Agent, url: string, body: Buffer, outcomes: Outcomes): Promise<void> {
  const began = performance.now();
  return new Promise((resolve) => {
    const note = (status: number) => {
      const times = outcomes.get(status) ?? [];
      outcomes.set(status, times);
      times.push(performance.now() - began);
      resolve();
    };
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    request(`${url}/predict`, { method: 'POST', agent, headers })
      .on('error', () => note(0))
      .on('response', (response) => {
        response.on('error', () => note(0));
        response.on('end', () => note(response.statusCode ?? 0)).resume();
      })
      .end(body);
  });
}

/** The value that a share of the numbers does not exceed. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
