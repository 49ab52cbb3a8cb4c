import { expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';

test.each([
  [0.001, -3.090232306167813],
  [0.05, -1.6448536269514726],
  [0.3, -0.5244005127080407],
  [0.5, 0],
  [0.901, 1.2872705631079415],
  [0.9999, 3.719016485455709],
])('below the quantile lies the probability %d, as R and Python say', (below, quantile) => {
  expect(normalQuantile(below)).toBeCloseTo(quantile, 14);
});
