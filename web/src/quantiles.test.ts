import { expect, test } from 'vitest';
import type { BatchAnswer } from './api.ts';
import { quantilesOf, withRange } from './quantiles.ts';

test('quantiles are shown as the middle one, and as the range from the first to the last', () => {
  const answer = { quantiles: { 0.9: 18, 0.1: 14, 0.5: 16 } };
  expect(withRange(answer)).toEqual({
    ...answer,
    value: 16,
    interval: { low: 14, high: 18, level: 0.8, of: 'outcome' },
  });
  expect(quantilesOf(answer.quantiles).map(({ value }) => value)).toEqual([14, 16, 18]);
});

test('other answers are shown as they are', () => {
  const answer: BatchAnswer = { probability: 0.3 };
  expect(withRange(answer)).toBe(answer);
});
