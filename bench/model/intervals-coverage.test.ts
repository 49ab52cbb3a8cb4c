import { expect, test } from 'vitest';
import { coverage } from './intervals-coverage.ts';

const truth = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) / 100);

test('coverage is counted by tenth of the true probability', () => {
  const intervals = { low: truth.map(() => 0.1), high: truth.map(() => 0.945) };
  const { whole, tenths, medianWidth } = coverage([{ intervals, truth }]);
  expect(tenths).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 0.5]);
  expect(whole).toBeCloseTo(0.85, 12);
  expect(medianWidth).toBeCloseTo(0.845, 12);
});

test('averages over tables', () => {
  const all = { low: truth.map(() => 0), high: truth.map(() => 1) };
  const none = { low: truth.map(() => 2), high: truth.map(() => 3) };
  const tables = [all, none].map((intervals) => ({ intervals, truth }));
  expect(coverage(tables).whole).toBe(0.5);
});
