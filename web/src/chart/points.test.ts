import type { NumericColumn } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { answerAt, extentOf, gridOf, nearest } from './points.ts';

const column = (type: 'integer' | 'number', minimum: number, maximum: number) =>
  ({ type, minimum, maximum, seen: { minimum, maximum } }) as NumericColumn;

describe('the values of the curve', () => {
  test('are all whole numbers if there are few', () => {
    expect(gridOf(column('integer', 0, 3))).toEqual([0, 1, 2, 3]);
  });

  test('are 101 evenly spaced numbers otherwise', () => {
    const grid = gridOf(column('number', -1, 1));
    expect([grid.length, grid[0], grid[50], grid[100]]).toEqual([101, -1, 0, 1]);
  });

  test('are the listed ones, without codes for missing values', () => {
    expect(gridOf({ ...column('integer', 1, 9), enum: [5, 1, 9], missingCodes: ['9'] })).toEqual([1, 5]);
    expect(gridOf({ ...column('integer', 0, 3), missingCodes: ['2', 'NA'] })).toEqual([0, 1, 3]);
  });

  test('are whole for a wide column of whole numbers', () => {
    const grid = gridOf(column('integer', 80, 700));
    expect(grid.every(Number.isInteger)).toBe(true);
    expect([grid[0], grid.at(-1)]).toEqual([80, 700]);
  });
});

describe('the answer on the curve', () => {
  const points = [
    { value: 10, answer: 0.2 },
    { value: 20, answer: 0.4 },
  ];

  test('at a point is that of the point', () => {
    expect([answerAt(points, 10), answerAt(points, 20)]).toEqual([0.2, 0.4]);
  });

  test('between two points lies on the line between them', () => {
    expect(answerAt(points, 15)).toBeCloseTo(0.3, 12);
  });

  test('is undefined beyond the ends', () => {
    expect([answerAt(points, 9), answerAt(points, 21), answerAt([], 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the curve', () => {
  const points = [
    { value: 10, answer: 3, interval: { low: 1, high: 4 } },
    { value: 20, answer: 5 },
  ];

  test('is read at the point nearest to the pointer', () => {
    expect([9, 14, 16, 99].map((value) => nearest(points, value))).toEqual([0, 0, 1, 1]);
  });

  test('has an axis with room for its band', () => {
    expect(extentOf(points)).toEqual([1, 5]);
  });
});
