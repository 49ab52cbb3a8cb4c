import { setTimeout as wait } from 'node:timers/promises';
import { closedLoop, type Load } from './clients.ts';
import { quantile } from './quantile.ts';
import type { Server } from './server.ts';

export interface Crowd {
  answeredPerSecond: number;
  refusedPerSecond: number;
  /** Resident memory in MB. */
  memoryBefore: number;
  memoryAfter: number;
  /** p99 in milliseconds of one client, one second later; NaN if a request was not answered. */
  recoveredP99: number;
}

const clients = 1000;

/** Sends single rows from more clients than the API can serve. */
export async function crowd(server: Server, load: Load): Promise<Crowd> {
  const memoryBefore = await server.memory();
  const outcomes = await closedLoop(load, clients);
  const memoryAfter = await server.memory();
  await wait(1000);
  const later = await closedLoop({ ...load, seconds: 1 }, 1);
  const perSecond = (status: number) => (outcomes.get(status)?.length ?? 0) / load.seconds;
  return {
    answeredPerSecond: perSecond(200),
    refusedPerSecond: perSecond(503),
    memoryBefore,
    memoryAfter,
    recoveredP99: later.size === 1 ? quantile(later.get(200) ?? [], 0.99) : Number.NaN,
  };
}
