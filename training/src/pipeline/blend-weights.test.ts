import { expect, test } from 'vitest';
import { leastWeights } from './blend-weights.ts';

test('the weights of least loss are found, and add up to 1', () => {
  const wanted = [0.35, 0, 0.55, 0.1];
  const weights = leastWeights(4, (given) =>
    given.reduce((sum, weight, i) => sum + (weight - wanted[i]) ** 2, 0),
  );
  expect(weights).toEqual(wanted);
});

test('the best member has all the weight where no blend is better', () => {
  expect(leastWeights(3, ([a, b, c]) => 3 * a + b + 2 * c)).toEqual([0, 1, 0]);
});

test('a member with less than a tenth is dropped, and the others share its weight', () => {
  const wanted = [0.35, 0.6, 0.05];
  const weights = leastWeights(3, (given) =>
    given.reduce((sum, weight, i) => sum + (weight - wanted[i]) ** 2, 0),
  );
  expect(weights[2]).toBe(0);
  expect(weights[0] + weights[1]).toBeCloseTo(1, 12);
});

test('a member that falls below a tenth when another is dropped is dropped too', () => {
  const weights = leastWeights(3, ([, b, c]) => {
    const [x, y] = [b - 0.1, c - 0.05];
    return x ** 2 - 2 * x * y + 4 * y ** 2; // without c, b = 0.05 is best
  });
  expect(weights).toEqual([1, 0, 0]);
});
