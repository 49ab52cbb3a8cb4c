import { closedLoop, type Load, type Outcomes, openLoop } from './clients.ts';
import { quantile } from './quantile.ts';

/** The result of one round. Rates are batches per second, times are milliseconds. */
export interface Round {
  capacity: number;
  good: number;
  goodP99: number;
  refusedP99: number;
  /** Statuses other than 200 and 503; 0 is a failed connection. */
  others: number[];
}

/** The number of batches that the API processes at a time. */
const together = 2;

/** Measures the capacity and immediately sends twice as much, so that other load on the machine affects both. */
export async function rounds(load: Load, count: number): Promise<Round[]> {
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
