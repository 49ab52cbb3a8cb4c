import { expect, test } from 'vitest';
import { createRandom, permutation, sampleRows } from './random.ts';

const draw = (seed: number, n: number) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.uniform());
};

test('the same seed gives the same numbers, another seed different ones', () => {
  expect(draw(1, 20)).toEqual(draw(1, 20));
  expect(draw(2, 20)).not.toEqual(draw(1, 20));
  expect(draw(2 ** 32 + 1, 20)).not.toEqual(draw(1, 20));
});

test('numbers are uniform and uncorrelated with the next one', () => {
  const n = 100_000;
  const numbers = draw(7, n);
  const mean = numbers.reduce((a, b) => a + b) / n;
  const variance = numbers.reduce((sum, u) => sum + (u - mean) ** 2, 0) / n;
  const lagged = numbers.slice(1).reduce((sum, u, i) => sum + (u - mean) * (numbers[i] - mean), 0) / n;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  expect(Math.abs(lagged)).toBeLessThan(0.002);
});

test('integers below n take every value', () => {
  const random = createRandom(3);
  const seen = new Set(Array.from({ length: 500 }, () => random.below(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a permutation holds every index once', () => {
  expect([...permutation(100, createRandom(1))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  );
});

const rows = Int32Array.from({ length: 100 }, (_, i) => 3 * i);

test('a sample of at least as many rows as there are holds all of them', () => {
  expect(sampleRows(rows, 100, 1)).toBe(rows);
});

test('a sample holds no row twice, and keeps their order', () => {
  const sample = sampleRows(rows, 40, 1);
  expect(new Set(sample).size).toBe(40);
  expect(sample.every((row) => rows.includes(row))).toBe(true);
  expect(sample).toEqual(sample.toSorted());
});

test('another seed draws another sample', () => {
  expect(sampleRows(rows, 40, 1)).toEqual(sampleRows(rows, 40, 1));
  expect(sampleRows(rows, 40, 1)).not.toEqual(sampleRows(rows, 40, 2));
});
