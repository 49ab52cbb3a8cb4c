import { expect, test } from 'vitest';
import { rocPoints } from './probabilities.ts';
import { histogram } from './values.ts';

const rows = (pairs: [number, number][]) =>
  pairs.map(([target, prediction], i) => ({ row: String(i), target, prediction }));

test('the ROC curve has a point for every threshold, and rows with equal predictions share a point', () => {
  const points = rocPoints(
    rows([
      [1, 0.9],
      [0, 0.5],
      [1, 0.5],
      [0, 0.1],
    ]),
  );
  expect(points).toEqual([
    [0, 0],
    [0, 0.5],
    [0.5, 1],
    [1, 1],
  ]);
});

test('a histogram counts every value once, in bins without gaps', () => {
  const values = Array.from({ length: 200 }, (_, i) => Math.sin(i) * 7.3);
  const bins = histogram(values);
  expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(200);
  for (const [i, { low }] of bins.entries()) if (i > 0) expect(low).toBe(bins[i - 1].high);
  expect(histogram([3, 3]).reduce((sum, bin) => sum + bin.rows, 0)).toBe(2);
});
