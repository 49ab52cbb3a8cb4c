import { expect, test } from 'vitest';
import { solveSymmetric } from './solve-symmetric.ts';

test('a system is solved from its lower triangle, and the right-hand side is unchanged', () => {
  // L Lᵀ of L = [[2, 0, 0], [1, 3, 0], [4, -1, 5]]
  const lower = [
    [4, Number.NaN, Number.NaN],
    [2, 10, Number.NaN],
    [8, 1, 42],
  ].map((row) => Float64Array.from(row));
  const right = Float64Array.of(24, -15, 132);
  const solution = solveSymmetric(lower, right);
  for (const [i, value] of [1, -2, 3].entries()) expect(solution[i]).toBeCloseTo(value, 12);
  expect([...right]).toEqual([24, -15, 132]);
});
