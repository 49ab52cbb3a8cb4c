import { expect, test } from 'vitest';
import { factorise, solveFactored, solveLowerFour } from './cholesky.ts';

const lower = [
  [2, 0, 0],
  [1, 3, 0],
  [4, -1, 5],
];
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
/** L Lᵀ, with NaN above the diagonal: it must not be read. */
const product = () =>
  lower.map((row, i) => Float64Array.from(lower, (column, j) => (j > i ? Number.NaN : dot(row, column))));
const factor = lower.map((row) => Float64Array.from(row));

test('a matrix is replaced by its lower factor, and the values above the diagonal stay', () => {
  const a = product();
  factorise(a);
  expect(a.map((row) => [...row])).toEqual([
    [2, Number.NaN, Number.NaN],
    [1, 3, Number.NaN],
    [4, -1, 5],
  ]);
});

test('a system is solved from the factor, and the right-hand side is unchanged', () => {
  const x = [1, -2, 3];
  const whole = lower.map((row) => lower.map((column) => dot(row, column)));
  const right = Float64Array.from(whole, (row) => dot(row, x));
  const before = [...right];
  for (const [i, value] of solveFactored(factor, right).entries()) expect(value).toBeCloseTo(x[i], 12);
  expect([...right]).toEqual(before);
});

test('four triangular systems are solved at once', () => {
  const solutions = [
    [1, -2, 3],
    [0, 4, -1],
    [5, 0.5, 2],
    [-3, 1, 7],
  ];
  const [p, q, r, s] = solutions.map((y) => Float64Array.from(lower, (row) => dot(row, y)));
  solveLowerFour(factor, p, q, r, s);
  for (const [k, solved] of [p, q, r, s].entries())
    for (const [i, value] of solved.entries()) expect(value).toBeCloseTo(solutions[k][i], 12);
});
