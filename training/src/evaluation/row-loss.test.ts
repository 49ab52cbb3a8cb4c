import { expect, test } from 'vitest';
import { pinballLoss, rowLossOf, squaredError } from './row-loss.ts';

test('the loss of one prediction is its squared error', () => {
  expect(rowLossOf({ outputs: 1 })(3, [9, 1], 1)).toBe(4);
  expect(squaredError(3, [9, 1], 1)).toBe(4);
});

test('the loss of several classes is the Brier score: squares over all classes', () => {
  const probabilities = [1, 0, 0, 0.5, 0.25, 0.25];
  const loss = rowLossOf({ outputs: 3 });
  expect([0, 1, 2].map((target) => loss(target, probabilities, 0))).toEqual([0, 2, 2]);
  expect([0, 1, 2].map((target) => loss(target, probabilities, 1))).toEqual([0.375, 0.875, 0.875]);
});

test('the loss of quantiles is the mean of p × what the value is above, or (1 − p) × what it is below', () => {
  const levels = [0.25, 0.75];
  const predictions = [0, 0, 2, 8];
  expect(pinballLoss(4, predictions, 1, levels)).toBe((0.25 * 2 + 0.25 * 4) / 2);
  expect(pinballLoss(10, predictions, 1, levels)).toBe((0.25 * 8 + 0.75 * 2) / 2);
  expect(pinballLoss(1, predictions, 1, levels)).toBe((0.75 * 1 + 0.25 * 7) / 2);
  expect(pinballLoss(1.5, predictions, 1, levels)).toBe((0.75 * 0.5 + 0.25 * 6.5) / 2);
  expect(rowLossOf({ outputs: 2, quantiles: { levels } })(4, predictions, 1)).toBe(0.75);
});
