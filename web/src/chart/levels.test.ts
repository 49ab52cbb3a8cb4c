import type { CategoryColumn, NumericColumn } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import { localeFor } from '../locale.ts';
import { densityOf } from './density.ts';
import { levelsOf } from './levels.ts';

const locale = localeFor('en');
const vessels: NumericColumn = { name: 'ca', type: 'integer', seen: { minimum: 0, maximum: 3 } };
const towns: CategoryColumn = {
  name: 'town',
  type: 'category',
  categories: Array.from({ length: 3000 }, (_, i) => ({ value: `t${i}` })),
};

describe('the values of a column with few of them', () => {
  test('are its whole numbers, each with its rows where the bins tell them', () => {
    const bins = { column: 'ca', edges: [0, 1, 2, 3], counts: [176, 65, 58], missing: 4 };
    const levels = levelsOf(vessels, bins, locale) ?? [];
    expect(levels.map(({ value, rows }) => [value, rows])).toEqual([
      [0, 176],
      [1, 65],
      [2, undefined], // the last bin holds 2 and 3
      [3, undefined],
    ]);
    const apart = { ...bins, edges: [0, 1, 2, 3, 3], counts: [176, 65, 38, 20] };
    expect(levelsOf(vessels, apart, locale)?.map(({ rows }) => rows)).toEqual([176, 65, 38, 20]);
  });

  test('of thousands of categories are those that most rows have', () => {
    const bins = { column: 'town', values: ['t7', 't2999'], counts: [90, 80, 830], missing: 0 };
    expect(levelsOf(towns, bins, locale)?.map(({ value, rows }) => [value, rows])).toEqual([
      ['t7', 90],
      ['t2999', 80],
    ]);
    expect(levelsOf(towns, undefined, locale)).toHaveLength(20);
  });

  test('are not those of a column whose values have distances', () => {
    expect(levelsOf({ ...vessels, seen: { minimum: 29, maximum: 77 } }, undefined, locale)).toBeUndefined();
    expect(levelsOf({ ...vessels, type: 'number' }, undefined, locale)).toBeUndefined();
  });
});

test('the density of rows is their number by width, and a single value is as wide as a step', () => {
  const pieces = densityOf({ column: 'x', edges: [0, 10, 20, 20], counts: [10, 40, 3], missing: 0 }, 1);
  expect(pieces).toEqual([
    { from: 0, to: 10, height: 0.25 },
    { from: 10, to: 20, height: 1 },
    { from: 20, to: 21, height: 0.75 },
  ]);
});

test('a single value among numbers of any kind is as dense as can be, and the others are as dense as without it', () => {
  const pieces = densityOf({ column: 'x', edges: [0, 0, 10, 30], counts: [99, 10, 40], missing: 0 }, 0);
  expect(pieces.map(({ height }) => height)).toEqual([1, 0.5, 1]);
  expect(densityOf({ column: 'x', edges: [7, 7], counts: [3], missing: 0 }, 0)).toEqual([
    { from: 7, to: 7, height: 1 },
  ]);
});
