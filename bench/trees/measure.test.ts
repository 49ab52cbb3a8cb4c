import { expect, test } from 'vitest';
import { median, time } from './measure.ts';

test('short work is timed as often as requested, after a warm-up', async () => {
  let calls = 0;
  const { seconds, last } = await time({ runs: 5, budget: 60 }, () => ++calls);
  expect([calls, seconds.length, last]).toEqual([6, 5, 6]);
});

test('work that exceeds the budget is timed once', async () => {
  let calls = 0;
  const { seconds } = await time({ runs: 5, budget: 0 }, async () => ++calls);
  expect([calls, seconds.length]).toEqual([1, 1]);
});

test('the median is the middle value', () => {
  expect(median([30, 1, 200])).toBe(30);
});
