import { expect, test } from 'vitest';
import { sumError } from './clusters.ts';

test('the standard error of a sum is that of independent rows, or of clusters of rows', () => {
  expect(sumError(Float64Array.of(1, -1))).toBe(2);
  expect(sumError(Float64Array.of(3, -1, -2))).toBeCloseTo(Math.sqrt((14 * 3) / 2), 12);
  expect(sumError(Float64Array.of(3, -1, -2), Int32Array.of(7, 7, 2))).toBeCloseTo(Math.sqrt(8 * 2), 12);
});

test('one row has no error', () => {
  expect(sumError(Float64Array.of(0))).toBe(0);
});
