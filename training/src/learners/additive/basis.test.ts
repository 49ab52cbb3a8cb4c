import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { binOf, createBasis } from './basis.ts';
import { normal } from './simulated.ts';
import type { NumberTable } from './table.ts';

const random = createRandom(1);
const x = Array.from({ length: 500 }, (_, i) => {
  const grade = i % 10 === 0 ? Number.NaN : random.below(3);
  return Float64Array.of(Math.exp(normal(random)), i % 4, grade, 7);
});
const table: NumberTable = {
  x,
  columns: [
    { kind: 'numeric' },
    { kind: 'numeric' },
    { kind: 'category', categories: 5 },
    { kind: 'numeric' },
  ],
  target: new Float64Array(500),
  loss: 'squared',
};
const [skewed, fourValues, grade, constant] = createBasis(table, Int32Array.from(x.keys()));

test('functions of a numeric column are centred and orthonormal on the rows', () => {
  const inner = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, v, bin) => sum + skewed.share[bin] * v * b[bin], 0);
  for (const [i, a] of skewed.functions.entries()) {
    expect(inner(a, new Float64Array(skewed.bins).fill(1))).toBeCloseTo(0, 10);
    for (const [j, b] of skewed.functions.entries()) expect(inner(a, b)).toBeCloseTo(i === j ? 1 : 0, 10);
  }
});

test('bins hold few rows each, and stay narrow in the tail', () => {
  expect(Math.max(...skewed.share)).toBeLessThan(0.08);
  expect(skewed.thresholds[skewed.bins - 2]).toBeGreaterThan(5);
});

test('a value equal to a threshold belongs to the bin above', () => {
  const [threshold] = fourValues.thresholds;
  expect(binOf(fourValues, threshold)).toBe(1);
  expect(binOf(fourValues, threshold - 1e-9)).toBe(0);
  expect(binOf(fourValues, 1e9)).toBe(3);
  expect(binOf(fourValues, Number.NaN)).toBe(-1);
});

test('a column with few values has a bin for each, and one function fewer than bins', () => {
  expect(fourValues.bins).toBe(4);
  expect(fourValues.functions).toHaveLength(3);
});

test('categories that occur in no row have equal heights', () => {
  expect(grade.categories).toHaveLength(3);
  for (const heights of grade.functions) expect(heights[4]).toBe(heights[3]);
});

test('a constant column has no functions', () => {
  expect(constant.functions).toHaveLength(0);
});
