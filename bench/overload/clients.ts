import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRegistry } from '@hearth/artifact/store';

/** The answers to one load: milliseconds to each answer, by status; 0 is a failed connection. */
export type Outcomes = Map<number, number[]>;

export interface Load {
  url: string;
  body: Buffer;
  seconds: number;
}

/** `count` clients; each sends the next request after its answer. */
export async function closedLoop({ url, body, seconds }: Load, count: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const end = performance.now() + seconds * 1000;
  const client = async () => {
    for (let now = performance.now(); now < end; now = performance.now())
      await send(agent, url, body, now, outcomes);
  };
  await Promise.all(Array.from({ length: count }, client));
  agent.destroy();
  return outcomes;
}

/** A fixed number of requests per second, even if the server is slower. Latency counts from the time at which a request was due. */
export async function openLoop({ url, body, seconds }: Load, perSecond: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const agent = new Agent({ keepAlive: true });
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const due = began + (i / perSecond) * 1000;
    const early = due - performance.now();
    if (early > 0) await wait(Math.ceil(early));
    sent.push(send(agent, url, body, due, outcomes));
  }
  await Promise.all(sent);
  agent.destroy();
  return outcomes;
}

function send(agent: Agent, url: string, body: Buffer, due: number, outcomes: Outcomes): Promise<void> {
  return new Promise((resolve) => {
    const note = (status: number) => {
      const times = outcomes.get(status) ?? [];
      outcomes.set(status, times);
      times.push(performance.now() - due);
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

/** The quantile of numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const { golden } = (await registry.load(await registry.production())).manifest;

/** A row for the committed model, as a body. */
export const oneRow = (): Buffer => Buffer.from(JSON.stringify(golden[0].row));

/** A batch of rows. */
export const batchOf = (rows: number): Buffer =>
  Buffer.from(JSON.stringify(Array.from({ length: rows }, (_, i) => golden[i % golden.length].row)));
