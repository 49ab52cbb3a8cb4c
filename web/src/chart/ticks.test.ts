import { describe, expect, test } from 'vitest';
import { dateTicksOf, ticksOf } from './ticks.ts';

describe('the labels of an axis', () => {
  test.each([
    [0, 100, 5, 0, [0, 20, 40, 60, 80, 100]],
    [0, 1, 2, 0, [0, 0.5, 1]],
    [-6.2, 10, 5, 0, [-5, 0, 5, 10]],
    [1, 4, 10, 1, [1, 2, 3, 4]],
    [7, 7, 4, 0, [7]],
  ])(
    'are round, and whole where only whole numbers can be: %d to %d',
    (low, high, count, least, expected) => {
      expect(ticksOf(low, high, count, least)).toEqual(expected);
    },
  );

  test.each([
    ['1930-01-01', '2006-12-31', 5, '1940-01-01'],
    ['2024-01-10', '2024-12-20', 5, '2024-04-01'],
    ['2024-02-26', '2024-03-06', 4, '2024-02-26'],
  ])('are round dates: %s to %s', (from, to, count, first) => {
    const [low, high] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
    const ticks = dateTicksOf(low, high, count);
    expect(new Date((ticks[0] ?? 0) * 1000).toISOString().slice(0, 10)).toBe(first);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThanOrEqual(count + 2);
  });
});
