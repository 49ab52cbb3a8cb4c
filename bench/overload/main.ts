import { setTimeout as wait } from 'node:timers/promises';
import { median } from '../trees/measure.ts';
import { batchOf, closedLoop, type Load, type Outcomes, oneRow, openLoop, quantile } from './clients.ts';
import { type Server, startServer } from './server.ts';

/** The API under more load than it can answer. Prints a line for each goal. */
const seconds = Number(process.argv[2] ?? 10);
const count = 5;
const clients = 1000;
/** The number of batches that the API processes at a time. */
const together = 2;
const batch = batchOf(1000);
const row = oneRow();

const say = (what: string, value: string, holds: boolean) =>
  console.log(`${holds ? 'holds ' : 'FAILS '} ${what}: ${value}`);

const server = await startServer();
const { url } = server;
try {
  const done = await rounds({ url, body: batch, seconds: seconds / count }, count);
  const all = (of: (round: Round) => number, unit: string) =>
    `${median(done.map(of)).toFixed(0)} ${unit} (${done.map((round) => of(round).toFixed(0)).join(', ')})`;
  const share = ({ good, capacity }: Round) => (100 * good) / capacity;
  const late = ({ refusedP99 }: Round) => refusedP99;
  console.log(`batches of 1,000 rows, median of ${count} rounds (and each)`);
  console.log(`capacity: ${all((round) => round.capacity, 'a second')}`);
  say(
    'answers with status 200 at twice the capacity, relative to it',
    all(share, '%'),
    median(done.map(share)) >= 90,
  );
  say('refusals within 50 ms at p99', all(late, 'ms'), median(done.map(late)) <= 50);
  console.log(`answers with status 200 during this, p99: ${all((round) => round.goodP99, 'ms')}`);
  const others = done.flatMap((round) => round.others);
  say('nothing but 200 and 503', others.join(', ') || 'none', others.length === 0);

  const rows = await crowd(server, { url, body: row, seconds });
  const { answeredPerSecond, refusedPerSecond, memoryBefore, memoryAfter, recoveredP99 } = rows;
  console.log(
    `1,000 clients with single rows: ${answeredPerSecond.toFixed(0)} answered, ${refusedPerSecond.toFixed(0)} refused a second`,
  );
  const memory = `${memoryBefore.toFixed(0)} MB before, ${memoryAfter.toFixed(0)} MB after`;
  say('memory then', memory, memoryAfter - memoryBefore < 200);
  say('one second later, one client, p99', `${recoveredP99.toFixed(1)} ms`, recoveredP99 < 50);
} finally {
  server.stop();
}

interface Crowd {
  answeredPerSecond: number;
  refusedPerSecond: number;
  /** Resident memory in MB. */
  memoryBefore: number;
  memoryAfter: number;
  /** p99 in milliseconds of one client, one second later; NaN if a request was not answered. */
  recoveredP99: number;
}

/** Sends single rows from more clients than the API can serve. */
async function crowd(server: Server, load: Load): Promise<Crowd> {
  const memoryBefore = server.memory();
  const outcomes = await closedLoop(load, clients);
  const memoryAfter = server.memory();
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

/** The result of one round. Rates are batches per second, times are milliseconds. */
interface Round {
  capacity: number;
  good: number;
  goodP99: number;
  refusedP99: number;
  /** Statuses other than 200 and 503; 0 is a failed connection. */
  others: number[];
}

/** Measures the capacity and immediately sends twice as much, so that other load on the machine affects both. */
async function rounds(load: Load, count: number): Promise<Round[]> {
  const perSecond = (outcomes: Outcomes, status: number) =>
    (outcomes.get(status)?.length ?? 0) / load.seconds;
  const p99 = (outcomes: Outcomes, status: number) => quantile(outcomes.get(status) ?? [], 0.99);
  await closedLoop(load, together); // warm
  const done: Round[] = [];
  while (done.length < count) {
    const capacity = perSecond(await closedLoop(load, together), 200);
    const doubled = await openLoop(load, 2 * capacity);
    done.push({
      capacity,
      good: perSecond(doubled, 200),
      goodP99: p99(doubled, 200),
      refusedP99: p99(doubled, 503),
      others: [...doubled.keys()].filter((status) => status !== 200 && status !== 503),
    });
  }
  return done;
}
