import { expect, test } from 'vitest';
import { holm } from './holm.ts';

test('Holm rejects the smallest p value at a level divided by the number of tests, and stops at the first that is kept', () => {
  expect(holm([0.04, 0.001, 0.02, 0.9], 0.05)).toEqual([1]);
  expect(holm([0.012, 0.001, 0.016, 0.9], 0.05)).toEqual([1, 0, 2]);
  expect(holm([0.02, 0.001], 0.05)).toEqual([1, 0]);
});
