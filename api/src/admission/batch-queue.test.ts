import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createBatchQueue } from './batch-queue.ts';

/** A queue with a clock that the test moves, and the names of the batches that have begun. */
function queueOf() {
  let now = 0;
  const queue = createBatchQueue(() => now);
  const begun: string[] = [];
  return {
    queue,
    begun,
    pass: (milliseconds: number) => (now += milliseconds),
    enter(name: string, bytes: number, kind = 'plain') {
      const batch = queue.announce(kind, bytes);
      queue.enter(batch, () => begun.push(name));
      return (isAnswered: boolean) => queue.leave(batch, isAnswered);
    },
  };
}

/** The same after many batches that took this many milliseconds a byte. */
function pacedQueue(milliseconds: number, kind?: string) {
  const paced = queueOf();
  for (let i = 0; i < 5000; i++) {
    const leave = paced.enter('', 1000, kind);
    paced.pass(1000 * milliseconds);
    leave(true);
  }
  paced.begun.length = 0;
  return paced;
}

test('two batches are in work at a time, and the others begin in the order in which they arrived', () => {
  const { begun, enter } = queueOf();
  const leave = ['a', 'b', 'c', 'd', 'e'].map((name) => enter(name, 1));
  expect(begun).toEqual(['a', 'b']);
  leave[1](true);
  expect(begun).toEqual(['a', 'b', 'c']);
  leave[0](true);
  leave[2](true);
  expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a batch that leaves while it waits never begins, and does not count any more', () => {
  const { queue, begun, enter } = queueOf();
  const leave = ['a', 'b', 'c', 'd'].map((name) => enter(name, 1));
  leave[2](false);
  expect([queue.size(), queue.bytes(), begun]).toEqual([3, 3, ['a', 'b']]);
  leave[0](true);
  expect(begun).toEqual(['a', 'b', 'd']);
});

test('leaving a second time has no effect', () => {
  const { queue, begun, enter } = queueOf();
  const leave = ['a', 'b', 'c', 'd'].map((name) => enter(name, 1));
  leave[0](true);
  leave[0](false);
  expect([queue.size(), begun]).toEqual([3, ['a', 'b', 'c']]);
});

test('the wait is the expected time of all batches before', () => {
  const { queue, enter } = pacedQueue(0.5);
  expect(queue.wait()).toBe(0);
  const leave = [enter('a', 100), enter('b', 300), enter('c', 600)];
  expect(queue.wait()).toBeCloseTo(500, 1);
  leave[1](false);
  expect(queue.wait()).toBeCloseTo(350, 1);
});

test('batches that share the processor do not count as slower', () => {
  const { queue, pass, enter } = pacedQueue(1);
  for (let i = 0; i < 100; i++) {
    const pair = [enter('a', 100), enter('b', 100)];
    pass(200); // 100 ms each
    for (const leave of pair) leave(true);
  }
  enter('c', 100);
  expect(queue.wait()).toBeCloseTo(100, 1);
});

test('each kind has a pace of its own', () => {
  const { queue, enter } = pacedQueue(1, 'explained');
  enter('a', 1e6, 'plain');
  expect(queue.wait()).toBeCloseTo(100); // the guess
  enter('b', 1000, 'explained');
  expect(queue.wait()).toBeCloseTo(1100, 0);
});

test('a batch whose client has gone does not change the pace', () => {
  const { queue, pass, enter } = pacedQueue(1);
  const leave = enter('a', 1e6);
  pass(1);
  leave(false);
  enter('b', 100);
  expect(queue.wait()).toBeCloseTo(100, 1);
});

test('the pace follows the time that batches take', () => {
  const { queue, pass, enter } = pacedQueue(1);
  const answer = (count: number) => {
    for (let i = 0; i < count; i++) {
      const leave = enter('a', 1000);
      pass(3000);
      leave(true);
    }
  };
  answer(1);
  const leave = enter('b', 100);
  expect(queue.wait()).toBeCloseTo(104, 0); // 100 before: one slow batch is a stall
  leave(false);
  answer(300);
  enter('b', 100);
  expect(queue.wait()).toBeCloseTo(300, 0);
});

test('an announced batch counts for the wait, but is not in work', () => {
  const { queue, begun, enter } = queueOf();
  const batch = queue.announce('plain', 1e6);
  expect([queue.wait(), queue.bytes(), queue.size()]).toEqual([100, 1e6, 0]);
  enter('a', 1);
  enter('b', 1);
  expect(begun).toEqual(['a', 'b']);
  queue.leave(batch, true);
  expect([queue.bytes(), queue.size()]).toEqual([2, 2]);
});

test('without a clock of the test, it measures real time', async () => {
  const queue = createBatchQueue();
  const batch = queue.announce('plain', 1e6);
  queue.enter(batch, () => {});
  await setTimeout(50);
  queue.leave(batch, true);
  queue.announce('plain', 1e6);
  expect(queue.wait()).toBeGreaterThan((0.98 * 100 + 45) / 1.98);
});
