import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { fitLinear } from './linear.ts';

const random = createRandom(3);
const a = Array.from({ length: 50 }, () => random.uniform());
const b = Array.from({ length: 50 }, () => random.uniform());

test('without noise and penalty, the fit recovers the coefficients', () => {
  const [intercept, first, second] = fitLinear(
    [a, b],
    a.map((x, i) => 1 + 2 * x - 3 * b[i]),
    0,
  );
  expect(intercept).toBeCloseTo(1, 6);
  expect(first).toBeCloseTo(2, 6);
  expect(second).toBeCloseTo(-3, 6);
});

test('a penalty shrinks the coefficients but not the mean', () => {
  const target = a.map((x) => 5 + 2 * x);
  const centred = a.map((x) => x - a.reduce((sum, y) => sum + y, 0) / a.length);
  const [intercept, slope] = fitLinear([centred], target, 100);
  expect(slope).toBeLessThan(0.5);
  expect(intercept).toBeCloseTo(target.reduce((sum, y) => sum + y, 0) / target.length, 10);
});

test('at the estimate the gradient of the penalised squares is zero, and the intercept is not penalised', () => {
  const ridge = 3;
  const target = a.map((x, i) => 4 + x * b[i]);
  const [intercept, first, second] = fitLinear([a, b], target, ridge);
  const residual = target.map((y, i) => y - intercept - first * a[i] - second * b[i]);
  const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0);
  expect(sum(residual)).toBeCloseTo(0, 9);
  expect(sum(residual.map((r, i) => r * a[i])) - ridge * first).toBeCloseTo(0, 7);
  expect(sum(residual.map((r, i) => r * b[i])) - ridge * second).toBeCloseTo(0, 7);
});

test('identical columns get equal coefficients', () => {
  const [, first, second] = fitLinear(
    [a, a],
    a.map((x) => 2 * x),
    0,
  );
  expect(first).toBeCloseTo(1, 4);
  expect(second).toBeCloseTo(1, 4);
});

test('with weights the coefficients are those of lm(y ~ a + b, weights = w) in R', () => {
  const columns = [
    [0.5, -1, 1.2, 0.1, 2, 0.8, -0.5, 1.5],
    [1, 0, 0, 1, 1, 0, 1, 0],
  ];
  const beta = fitLinear(columns, [2, 0, 5, 1, 7, 3, 0, 4], 0, [1, 2, 1, 3, 1, 1, 2, 1]);
  for (const [i, value] of [1.722919585318, 2.256934715607, -0.588988512188].entries())
    expect(beta[i]).toBeCloseTo(value, 8);
});
