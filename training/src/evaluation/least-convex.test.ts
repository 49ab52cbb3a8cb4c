import { expect, test } from 'vitest';
import { leastConvex } from './least-convex.ts';

test.each([
  [0.3, -1, 2],
  [-7, -10, 90],
  [5, 5, 6],
  [6, 5, 6],
])('the least of |x - %d| between %d and %d is found in 42 evaluations', (place, low, high) => {
  let evaluations = 0;
  const found = leastConvex(
    (x) => {
      evaluations++;
      return Math.abs(x - place);
    },
    low,
    high,
  );
  const golden = (Math.sqrt(5) - 1) / 2;
  expect(Math.abs(found - place)).toBeLessThan((high - low) * golden ** 40);
  expect(evaluations).toBe(42);
});

test('where a function is equal everywhere, it is least at the lower end', () => {
  expect(leastConvex(() => 0, 1, 2)).toBeCloseTo(1, 7);
});
