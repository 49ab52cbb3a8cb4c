import { tinyAnswer } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';

test('a row goes left if the value is below the threshold, else right', () => {
  expect(tinyAnswer([49, 0])).toBeCloseTo((0.2 + 0.4) / 2, 15);
  expect(tinyAnswer([50, 0])).toBeCloseTo((0.6 + 0.4) / 2, 15);
  expect(tinyAnswer([49, 1])).toBeCloseTo((0.2 + 0.8) / 2, 15);
});

test('a missing value goes to the side that was chosen in training', () => {
  expect(tinyAnswer([Number.NaN, 0])).toBe(tinyAnswer([50, 0]));
  expect(tinyAnswer([40, Number.NaN])).toBe(tinyAnswer([40, 0]));
});
