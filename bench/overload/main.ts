import { median } from '../trees/measure.ts';
import { batchOf, oneRow } from './rows.ts';
import { startServer } from './server.ts';
import { crowd } from './single-rows.ts';
import { type Round, rounds } from './twice-the-capacity.ts';

/** The API under more load than it can answer. Prints a line for each goal. */
const seconds = Number(process.argv[2] ?? 10);
const count = 5;
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
