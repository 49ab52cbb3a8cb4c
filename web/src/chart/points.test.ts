import type { NumericColumn } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { chanceAt, gridOf } from './points.ts';

const column = (type: 'integer' | 'number', minimum: number, maximum: number) =>
  ({ type, minimum, maximum }) as NumericColumn;

describe('the values of the curve', () => {
  test('are all whole numbers where they are few', () => {
    expect(gridOf(column('integer', 0, 3))).toEqual([0, 1, 2, 3]);
  });

  test('are 101 from end to end otherwise', () => {
    const grid = gridOf(column('number', -1, 1));
    expect([grid.length, grid[0], grid[50], grid[100]]).toEqual([101, -1, 0, 1]);
  });

  test('stay whole for a wide column of whole numbers', () => {
    const grid = gridOf(column('integer', 80, 700));
    expect(grid.every(Number.isInteger)).toBe(true);
    expect([grid[0], grid.at(-1)]).toEqual([80, 700]);
  });
});

describe('the chance on the curve', () => {
  const points = [
    { value: 10, chance: 0.2 },
    { value: 20, chance: 0.4 },
  ];

  test('is that of a point at the point', () => {
    expect([chanceAt(points, 10), chanceAt(points, 20)]).toEqual([0.2, 0.4]);
  });

  test('lies on the line between two points', () => {
    expect(chanceAt(points, 15)).toBeCloseTo(0.3, 12);
  });

  test('is unknown beyond the ends', () => {
    expect([chanceAt(points, 9), chanceAt(points, 21), chanceAt([], 1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
