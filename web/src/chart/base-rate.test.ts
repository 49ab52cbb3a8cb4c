import { expect, test } from 'vitest';
import { baseRateOf, noteOffset } from './base-rate.ts';

test('the base rate is that of the population where it is known, else of the rows', () => {
  const data = { rows: 80, positives: 20 };
  expect(baseRateOf(data)).toBe(0.25);
  expect(baseRateOf({ ...data, weights: { column: 'n', kind: 'count' } })).toBe(0.25);
  expect(baseRateOf({ ...data, prior: { training: 0.25, population: 0.02 } })).toBe(0.02);
});

test('rows of different weight have no base rate that could be counted', () => {
  expect(
    baseRateOf({ rows: 80, positives: 20, weights: { column: 'w', kind: 'importance' } }),
  ).toBeUndefined();
  expect(baseRateOf({ rows: 80 })).toBeUndefined();
});

test('the note is above the line, or below it where the curve is just above', () => {
  expect(noteOffset([140, 120, 60], 100)).toBeLessThan(0);
  expect(noteOffset([115, 108, 99], 100)).toBeLessThan(0);
  expect(noteOffset([92, 85, 104], 100)).toBeGreaterThan(0);
});
