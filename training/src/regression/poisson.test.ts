import { expect, test } from 'vitest';
import { fitPoisson } from './poisson.ts';

const counts = [2, 0, 5, 1, 7, 3, 0, 4];
const a = [0.5, -1, 1.2, 0.1, 2, 0.8, -0.5, 1.5];
const b = [1, 0, 0, 1, 1, 0, 1, 0];
const weights = Float64Array.of(1, 2, 1, 3, 1, 1, 2, 1);

test.each([
  ['', undefined, [0.0016053034733764, 1.1203346844993, -0.2516049995105283]],
  [', weights = w', weights, [-0.119898646620583, 1.202820590875655, -0.251075502122069]],
])('the coefficients are those of glm(y ~ a + b, family = poisson%s) in R', (_, given, expected) => {
  for (const [i, beta] of fitPoisson([a, b], counts, 0, given).entries())
    expect(beta).toBeCloseTo(expected[i], 4);
});

test('a penalty holds every coefficient except the intercept', () => {
  const ridge = 3;
  const beta = fitPoisson([a, b], counts, ridge);
  const residuals = counts.map((y, i) => y - Math.exp(beta[0] + beta[1] * a[i] + beta[2] * b[i]));
  const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0);
  expect(sum(residuals)).toBeCloseTo(0, 6);
  expect(sum(residuals.map((each, i) => each * a[i]))).toBeCloseTo(ridge * beta[1], 6);
  expect(sum(residuals.map((each, i) => each * b[i]))).toBeCloseTo(ridge * beta[2], 6);
});

test('identical columns get equal coefficients', () => {
  const [, first, second] = fitPoisson([a, a], counts, 0);
  const [, alone] = fitPoisson([a], counts, 0);
  expect(first).toBeCloseTo(second, 3);
  expect(first + second).toBeCloseTo(alone, 3);
});
