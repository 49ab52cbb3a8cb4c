import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Refusal } from '../serving/index.ts';
import { holdResidents, type Residents } from './residents.ts';
import type { Served } from './served.ts';

let residents: Residents;
const closed: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  closed.length = 0;
  residents = holdResidents({ most: 2, idleSeconds: 60, patience: 10 });
});
afterEach(async () => {
  await residents.close();
  vi.useRealTimers();
});

/** A model that is loaded once `start` resolves. */
function served(name: string, start: Promise<void> = Promise.resolve(), refusals: Refusal[] = []): Served {
  const serving = {
    since: '2026-01-01T00:00:00Z',
    refusals,
    start: () => start,
    close: async () => void closed.push(name),
  };
  return { serving } as unknown as Served;
}

const add = async (name: string, ...rest: [Promise<void>?, Refusal[]?]) => {
  await residents.add(name, served(name, ...rest));
  await vi.advanceTimersByTimeAsync(1000); // no two were asked at the same time
};
const present = () => [...residents.entries()].map(([name]) => name);
const degraded = [{ part: 'version', reason: 'x', time: '' }] as Refusal[];

test('of too many models, the one that was not asked for the longest time is dropped', async () => {
  await add('a');
  await add('b');
  residents.get('a');
  await add('c');
  expect([present(), closed]).toEqual([['a', 'c'], ['b']]);
});

test('a model that nobody asks is dropped after the idle time, and to look at it is not to ask', async () => {
  await add('a');
  await add('b');
  await vi.advanceTimersByTimeAsync(40_000);
  residents.get('b');
  residents.peek('a');
  await vi.advanceTimersByTimeAsync(40_000);
  expect(present()).toEqual(['b']);
});

test('a degraded model stays, since its last good version may not be there again', async () => {
  await add('a', Promise.resolve(), degraded);
  await add('b');
  await add('c');
  expect(present()).toEqual(['a', 'c']);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(present()).toEqual(['a']);
});

test('even so there are never more than the most', async () => {
  for (const name of ['a', 'b', 'c']) await add(name, Promise.resolve(), degraded);
  expect(present()).toEqual(['b', 'c']);
});

test('a model is not dropped while it is loaded, and its requests wait for it together', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = residents.add('slow', served('slow', promise));
  const second = residents.get('slow');
  await add('b');
  await add('c');
  expect(present()).toContain('slow');
  resolve();
  expect(await first).toBe(await second);
  expect(present()).toHaveLength(2);
});

test('a request waits for its model no longer than it may', async () => {
  const waiting = residents.add('hangs', served('hangs', new Promise(() => {})));
  const done = vi.fn();
  void waiting.then(done);
  await vi.advanceTimersByTimeAsync(9000);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2000);
  expect(done).toHaveBeenCalled();
});
