import { expect, test } from 'vitest';
import { createRandom, permutation } from './random.ts';

const draw = (seed: number, n: number) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random.uniform());
};

test('the same seed gives the same numbers, another seed others', () => {
  expect(draw(1, 20)).toEqual(draw(1, 20));
  expect(draw(2, 20)).not.toEqual(draw(1, 20));
  expect(draw(2 ** 32 + 1, 20)).not.toEqual(draw(1, 20));
});

test('numbers are uniform: mean, variance and neighbours', () => {
  const n = 100_000;
  const numbers = draw(7, n);
  const mean = numbers.reduce((a, b) => a + b) / n;
  const variance = numbers.reduce((sum, u) => sum + (u - mean) ** 2, 0) / n;
  const lagged = numbers.slice(1).reduce((sum, u, i) => sum + (u - mean) * (numbers[i] - mean), 0) / n;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
  expect(Math.abs(lagged)).toBeLessThan(0.002);
});

test('whole numbers stay below n and reach every value', () => {
  const random = createRandom(3);
  const seen = new Set(Array.from({ length: 500 }, () => random.below(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a permutation holds every row once', () => {
  expect([...permutation(100, createRandom(1))].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 100 }, (_, i) => i),
  );
});
