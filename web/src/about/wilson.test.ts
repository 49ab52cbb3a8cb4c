import { expect, test } from 'vitest';
import { wilson } from './wilson.ts';

test('the interval of 8 in 10 agrees with the literature', () => {
  const { low, high } = wilson(0.8, 10);
  expect([low, high]).toEqual([expect.closeTo(0.4902, 4), expect.closeTo(0.9433, 4)]);
});

test('an interval stays between 0 and 1', () => {
  expect(wilson(0, 5).low).toBeCloseTo(0, 12);
  expect(wilson(1, 5).high).toBeCloseTo(1, 12);
});
