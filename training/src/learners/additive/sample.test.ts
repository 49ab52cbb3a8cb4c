import { expect, test } from 'vitest';
import { sampleRows } from './sample.ts';

const rows = Int32Array.from({ length: 100 }, (_, i) => 3 * i);

test('few rows are all taken', () => {
  expect(sampleRows(rows, 100, 1)).toBe(rows);
});

test('of many rows a sample is taken, none twice, in their order', () => {
  const sample = sampleRows(rows, 40, 1);
  expect(new Set(sample).size).toBe(40);
  expect(sample.every((row) => rows.includes(row))).toBe(true);
  expect(sample).toEqual(sample.toSorted());
});

test('the seed decides which', () => {
  expect(sampleRows(rows, 40, 1)).toEqual(sampleRows(rows, 40, 1));
  expect(sampleRows(rows, 40, 1)).not.toEqual(sampleRows(rows, 40, 2));
});
