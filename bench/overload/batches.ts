import { median } from '../trees/measure.ts';
import { batchOf, closedLoop, quantile } from './clients.ts';
import { startServer } from './server.ts';

/**
 * Many clients with batches of 1,000 rows; each sends the next batch after its answer. Each number of clients has a turn in every round:
 * rates are compared within a round, because the load of the machine changes from second to second.
 * Usage: npm run bench batches [SECONDS in total for each number of clients] [URL, such as a gateway's]
 */
const seconds = Number(process.argv[2] ?? 10);
const given = process.argv[3];
const rounds = 5;
const counts = [1, 2, 4, 8, 16, 32, 64];
/** Milliseconds: well below the limit of one second, because the expected wait is an estimate. */
const surelyShort = 700;

interface Turn {
  rate: number;
  /** Milliseconds that the batches before this one take. */
  wait: number;
  refused: number;
  others: number;
  p50: number;
  p99: number;
}

const server = given ? undefined : await startServer();
const load = { url: given ?? server?.url ?? '', body: batchOf(1000), seconds: seconds / rounds };

async function turnOf(count: number): Promise<Turn> {
  const outcomes = await closedLoop(load, count);
  const { 200: good = [], 503: refused = [], ...others } = Object.fromEntries(outcomes);
  const rate = good.length / load.seconds;
  return {
    rate,
    wait: ((count - 1) * 1000) / rate,
    refused: refused.length,
    others: Object.values(others).flat().length,
    p50: quantile(good, 0.5),
    p99: quantile(good, 0.99),
  };
}

try {
  await closedLoop({ ...load, seconds: 3 }, 2); // warm-up: until the code is compiled
  const measured = new Map<number, Turn[]>(counts.map((count) => [count, []]));
  for (let round = 0; round < rounds; round++)
    for (const count of round % 2 === 0 ? counts : counts.toReversed())
      measured.get(count)?.push(await turnOf(count));

  const turns = (count: number) => measured.get(count) ?? [];
  const all = (count: number, of: (turn: Turn) => number) => turns(count).map(of);
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  console.log('| clients | batches a second | of the rate at 2 | p50 | p99 | expected wait | refused |');
  console.log('|--:|--:|--:|--:|--:|--:|--:|');
  const faults: string[] = [];
  for (const count of counts) {
    const ratio = median(turns(count).map(({ rate }, i) => rate / turns(2)[i].rate));
    const refused = sum(all(count, (turn) => turn.refused));
    const needless = sum(all(count, (turn) => (turn.wait < surelyShort ? turn.refused : 0)));
    const others = sum(all(count, (turn) => turn.others));
    const cells = [
      count,
      median(all(count, ({ rate }) => rate)).toFixed(0),
      `${(100 * ratio).toFixed(0)} %`,
      `${median(all(count, ({ p50 }) => p50)).toFixed(0)} ms`,
      `${median(all(count, ({ p99 }) => p99)).toFixed(0)} ms`,
      `${median(all(count, ({ wait }) => wait)).toFixed(0)} ms`,
      refused,
    ];
    console.log(`| ${cells.join(' | ')} |`);
    if (needless > 0)
      faults.push(`${count} clients: ${needless} batches were refused although their wait was short`);
    if (others > 0) faults.push(`${count} clients: ${others} answers other than 200 and 503`);
    if (count === 64 && ratio < 1) faults.push(`64 clients: ${(100 * ratio).toFixed(1)} % of the rate at 2`);
  }
  console.log(faults.length === 0 ? 'holds' : `FAILS ${faults.join('; ')}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  server?.stop();
}
