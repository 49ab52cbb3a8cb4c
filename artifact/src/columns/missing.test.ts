import { expect, test } from 'vitest';
import { missingNumbers, missingValuesOf } from './missing.ts';

test('codes in any notation of a number are read as numbers', () => {
  const codes = ['-99', '+7', '8.', '.5', '-1.25', '1e3', '2E-1', '3e+2', '12.50'];
  expect(missingNumbers(codes)).toEqual([-99, 7, 8, 0.5, -1.25, 1000, 0.2, 300, 12.5]);
});

test.each(['NA', '', '.', '1,5', '0x10', 'x9', '9x', '--1', 'e5', '1e', '1.2.3', ' 9', 'Infinity'])(
  'the code %j is not a number',
  (code) => {
    expect(missingNumbers([code])).toEqual([]);
  },
);

test('codes of a numeric column are texts and numbers, those of a category only texts', () => {
  const missingCodes = ['-99', 'NA'];
  expect(missingValuesOf({ type: 'integer', missingCodes })).toEqual(new Set(['-99', 'NA', -99]));
  expect(missingValuesOf({ type: 'number', missingCodes })).toEqual(new Set(['-99', 'NA', -99]));
  expect(missingValuesOf({ type: 'category', missingCodes })).toEqual(new Set(missingCodes));
  expect(missingValuesOf({ type: 'number' })).toBeUndefined();
});
