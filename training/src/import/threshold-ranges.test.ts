import { expect, test } from 'vitest';
import type { Imported } from './imported.ts';
import { thresholdRanges } from './threshold-ranges.ts';

/** What is read of a model. */
const rangeOf = (...thresholds: number[]) =>
  thresholdRanges({
    columns: [{ name: 'x', type: 'number' }],
    features: [{ column: 0 }],
    trees: {
      forest: { feature: Int32Array.from(thresholds, () => 0), threshold: Float64Array.from(thresholds) },
    },
  } as unknown as Imported)[0];

test('whole numbers that few thresholds separate have a value on each side of all', () => {
  expect(rangeOf(1.99999994, 2.9999999)).toEqual({ minimum: 1, maximum: 4 });
  expect(rangeOf(1, 1, 3, 2)).toEqual({ minimum: 0, maximum: 4 });
});

test('ends are round, and not below 0 where no threshold is', () => {
  expect(rangeOf(0.75, 8, 21, 22.5, 24, 43, 61.5)).toEqual({ minimum: 0, maximum: 75 });
  expect(rangeOf(-0.31, -0.12, 0.44)).toEqual({ minimum: -0.9, maximum: 1 });
});

test('a single threshold, none, and very large ones have a range', () => {
  expect(rangeOf(50)).toEqual({ minimum: 25, maximum: 75 });
  expect(rangeOf()).toEqual({ minimum: 0, maximum: 1 });
  expect(rangeOf(16777216, 16777230)).toEqual({ minimum: 16777200, maximum: 16777245 });
  expect(rangeOf(-3.4e38, 3.4e38).maximum).toBe(3.4028234663852886e38);
});
