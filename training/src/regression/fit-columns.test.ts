import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { fitColumns } from './fit-columns.ts';

const random = createRandom(2);
const n = 400;
const a = Array.from({ length: n }, () => random.uniform() * 4 - 2);
const b = Array.from({ length: n }, () => random.uniform() * 4 - 2);
const target = a.map((x, i) => (random.uniform() < 1 / (1 + Math.exp(-(0.5 + 1.5 * x - b[i]))) ? 1 : 0));

const probability = ([intercept, ...slopes]: Float64Array, x: readonly number[]) =>
  1 / (1 + Math.exp(-slopes.reduce((sum, slope, i) => sum + slope * x[i], intercept)));

test('at the estimate the gradient of the penalised likelihood is zero', () => {
  const ridge = 3;
  const beta = fitColumns('logistic', [a, b], target, ridge);
  const residual = target.map((y, i) => y - probability(beta, [a[i], b[i]]));
  expect(residual.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 9);
  expect(residual.reduce((sum, r, i) => sum + r * a[i], 0) - ridge * beta[1]).toBeCloseTo(0, 9);
  expect(residual.reduce((sum, r, i) => sum + r * b[i], 0) - ridge * beta[2]).toBeCloseTo(0, 9);
});

test('a larger penalty gives smaller coefficients', () => {
  const [, free] = fitColumns('logistic', [a, b], target, 0);
  const [, held] = fitColumns('logistic', [a, b], target, 100);
  expect(Math.abs(held)).toBeLessThan(Math.abs(free));
});

test('separable classes give finite coefficients', () => {
  const beta = fitColumns('logistic', [[1, 2, 3, 4]], [0, 0, 1, 1], 0);
  expect([...beta].every(Number.isFinite)).toBe(true);
});

test('the intercept is not penalised', () => {
  const rare = Array.from({ length: n }, (_, i) => (i % 8 === 0 ? 1 : 0));
  const beta = fitColumns('logistic', [a], rare, 1e6);
  expect(probability(beta, [0])).toBeCloseTo(1 / 8, 5);
  expect(beta[1]).toBeCloseTo(0, 3);
});

test('separable classes are separated', () => {
  const beta = fitColumns('logistic', [[1, 2, 3, 4]], [0, 0, 1, 1], 0);
  for (const [x, y] of [
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 1],
  ])
    expect(probability(beta, [x])).toBeCloseTo(y, 3);
});

test('with weights the coefficients are those of glm(y ~ a + b, family = binomial, weights = w) in R', () => {
  const columns = [
    [0.5, -1, 1.2, 0.1, 2, 0.8, -0.5, 1.5],
    [1, 0, 0, 1, 1, 0, 1, 0],
  ];
  const beta = fitColumns('logistic', columns, [1, 0, 1, 0, 1, 0, 1, 1], 0, [1, 2, 1, 3, 1, 1, 2, 1]);
  for (const [i, value] of [-1.17934843444, 1.45538439061, 1.25987736922].entries())
    expect(beta[i]).toBeCloseTo(value, 7);
});
