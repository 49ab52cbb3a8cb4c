import { sumLeaves } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { everyRow } from '../../testing/grow-tables.ts';
import { createRandom } from '../random.ts';
import { binTable } from './bins.ts';
import type { GrowColumn } from './columns.ts';
import { growForestSync } from './forest/random-forest.ts';

const numeric = (values: ArrayLike<number>): GrowColumn => ({
  kind: 'numeric',
  values: Float64Array.from(values),
});

test('up to 255 distinct values have a bin each, in their order, and missing values one more', () => {
  const [column] = binTable([numeric([7, Number.NaN, -2, 7, 0.5])]).columns;
  expect(Array.from(column.bins)).toEqual([2, 3, 0, 2, 1]);
  expect(column.size).toBe(3);
});

test('more distinct values share 255 bins of about as many rows', () => {
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

test('a value that fills several bins does not take them from the others', () => {
  const values = Float64Array.from({ length: 2000 }, (_, row) => (row < 1000 ? 0 : row));
  const [{ size, lowest, highest }] = binTable([numeric(values)]).columns;
  expect(highest[0]).toBe(0);
  expect(size).toBeGreaterThan(120);
  expect(lowest.every((low, bin) => low <= highest[bin] && (bin === 0 || highest[bin - 1] < low))).toBe(true);
});

test('no threshold parts a bin: rows that a tree has not drawn go the same way by value as by bin', () => {
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

test('features are numbered by column, a category column having one for each category', () => {
  const category: GrowColumn = { kind: 'category', values: Float64Array.of(1), categories: 3 };
  expect(binTable([numeric([1]), category, numeric([2])]).columns.map(({ feature }) => feature)).toEqual([
    0, 1, 4,
  ]);
});

test('columns of another length or with too many categories are refused', () => {
  expect(() => binTable([numeric([1, 2]), numeric([1])])).toThrow('column 1 has 1 rows');
  const wide: GrowColumn = { kind: 'category', values: Float64Array.of(0), categories: 256 };
  expect(() => binTable([wide])).toThrow('256 categories');
});
