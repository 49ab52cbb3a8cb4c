import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openRegistry } from '@hearth/artifact/store';
import { closedLoop, type Outcomes, openLoop, quantile } from './clients.ts';
import { startServer } from './server.ts';

/** What the API does when it is asked more than it can answer. Prints a line for each thing that has to hold. */
const seconds = Number(process.argv[2] ?? 10);
const registry = openRegistry(join(import.meta.dirname, '../../models/heart'));
const { golden } = (await registry.load(await registry.production())).manifest;
const batch = Buffer.from(
  JSON.stringify(Array.from({ length: 1000 }, (_, i) => golden[i % golden.length].row)),
);
const row = Buffer.from(JSON.stringify(golden[0].row));

const server = await startServer();
const { url } = server;
const idle = 1000;

const times = (outcomes: Outcomes, status: number) => outcomes.get(status) ?? [];
const perSecond = (outcomes: Outcomes, status: number) => times(outcomes, status).length / seconds;
const say = (what: string, value: string, holds: boolean) =>
  console.log(`${holds ? 'holds ' : 'FAILS '} ${what}: ${value}`);

try {
  await closedLoop({ url, body: batch, seconds: 2 }, 2); // warm
  const calm = await closedLoop({ url, body: batch, seconds }, 2); // as many as it answers at a time
  const capacity = perSecond(calm, 200);
  console.log(`capacity: ${capacity.toFixed(1)} batches of 1,000 rows a second`);

  const doubled = await openLoop({ url, body: batch, seconds }, 2 * capacity);
  const share = perSecond(doubled, 200) / capacity;
  const late = quantile(times(doubled, 503), 0.99);
  const others = [...doubled.keys()].filter((status) => status !== 200 && status !== 503);
  say('good answers at twice the capacity, of the capacity', `${(share * 100).toFixed(0)} %`, share >= 0.9);
  say('refusals within 50 ms at p99', `${late.toFixed(0)} ms of ${times(doubled, 503).length}`, late <= 50);
  say('good answers meanwhile, p99', `${quantile(times(doubled, 200), 0.99).toFixed(0)} ms`, true);
  say('nothing but 200 and 503', others.join(', ') || 'none', others.length === 0);
  await wait(idle);

  const before = await server.memory();
  const rows = await closedLoop({ url, body: row, seconds }, 1000);
  const after = await server.memory();
  console.log(
    `1,000 clients with single rows: ${perSecond(rows, 200).toFixed(0)} answered, ${perSecond(rows, 503).toFixed(0)} refused a second`,
  );
  say('memory then', `${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`, after - before < 200);
  await wait(idle);
  const recovered = await closedLoop({ url, body: row, seconds: 1 }, 1);
  const slowest = quantile(times(recovered, 200), 0.99);
  say('a second later, one client, p99', `${slowest.toFixed(1)} ms`, recovered.size === 1 && slowest < 50);
} finally {
  server.stop();
}
