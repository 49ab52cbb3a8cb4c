import { sumLeaves } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { everyRow } from '../../testing/grow-tables.ts';
import { createRandom } from '../random.ts';
import { binTable, type GrowColumn } from './bins.ts';
import { growForestSync } from './forest/random-forest.ts';

const numeric = (values: ArrayLike<number>): GrowColumn => ({
  kind: 'numeric',
  values: Float64Array.from(values),
});

test('up to 255 distinct values have a bin each, in ascending order, and missing values have one more', () => {
  const [column] = binTable([numeric([7, Number.NaN, -2, 7, 0.5])]).columns;
  expect(Array.from(column.bins)).toEqual([2, 3, 0, 2, 1]);
  expect(column.size).toBe(3);
});

test('more distinct values share 255 bins with about equal numbers of rows', () => {
  const random = createRandom(1);
  const [column] = binTable([
    numeric(Float64Array.from({ length: 10_000 }, () => random.uniform() ** 5)),
  ]).columns;
  const rows = new Int32Array(column.size);
  for (const bin of column.bins) rows[bin]++;
  expect(column.size).toBe(255);
  expect(Math.min(...rows)).toBeGreaterThanOrEqual(39);
  expect(Math.max(...rows)).toBeLessThanOrEqual(40);
});

test('a value with many rows does not take bins from the other values', () => {
  const values = Float64Array.from({ length: 2000 }, (_, row) => (row < 1000 ? 0 : row));
  const [{ size, lowest, highest }] = binTable([numeric(values)]).columns;
  expect(highest[0]).toBe(0);
  expect(size).toBeGreaterThan(120);
  expect(lowest.every((low, bin) => low <= highest[bin] && (bin === 0 || highest[bin - 1] < low))).toBe(true);
});

test('no threshold splits a bin: rows that a tree did not draw reach the same leaf by value as by bin', () => {
  const random = createRandom(4);
  const values = Float64Array.from({ length: 900 }, () => random.uniform());
  const target = values.map((value) => Math.sin(9 * value));
  const training = { table: binTable([numeric(values)]), target, rows: everyRow(900) };
  const { forest, outOfBag } = growForestSync(training, {
    trees: 1,
    columnsPerSplit: 1,
    minimumLeaf: 1,
    sampleShare: 0.3,
    replace: false,
    seed: 1,
    outOfBag: true,
  });
  const out = everyRow(900).filter((row) => !Number.isNaN(outOfBag[row]));
  expect(out.length).toBe(630);
  for (const row of out) {
    expect(sumLeaves(forest, Float64Array.of(values[row]))).toBeCloseTo(outOfBag[row], 12);
  }
});

test('features are numbered in the order of columns and their categories', () => {
  const category: GrowColumn = { kind: 'category', values: Float64Array.of(1), categories: 3 };
  expect(binTable([numeric([1]), category, numeric([2])]).columns.map(({ feature }) => feature)).toEqual([
    0, 1, 4,
  ]);
});

test('columns of different lengths, or with too many categories, are refused', () => {
  expect(() => binTable([numeric([1, 2]), numeric([1])])).toThrow('column 1 has 1 rows');
  const wide: GrowColumn = { kind: 'category', values: Float64Array.of(0), categories: 256 };
  expect(() => binTable([wide])).toThrow('256 categories');
});
