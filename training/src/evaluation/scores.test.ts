import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { accuracy, auc, brier, calibration, logLoss, reliability } from './scores.ts';

test('AUC counts the pairs in the right order, ties half', () => {
  expect(auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  expect(auc([0, 1], [0.5, 0.5])).toBe(0.5);
  expect(auc([0, 0, 1], [0.1, 0.2, 0.9])).toBe(1);
});

test('AUC agrees with counting every pair', () => {
  const random = createRandom(5);
  const target = Array.from({ length: 60 }, () => random.below(2));
  const prediction = target.map((y) => Math.round((y * 0.3 + random.uniform()) * 10) / 13);
  let wins = 0;
  let pairs = 0;
  target.forEach((a, i) => {
    target.forEach((b, j) => {
      if (a !== 1 || b !== 0) return;
      pairs++;
      wins += prediction[i] > prediction[j] ? 1 : prediction[i] === prediction[j] ? 0.5 : 0;
    });
  });
  expect(auc(target, prediction)).toBeCloseTo(wins / pairs, 12);
});

test('Brier score, log loss and accuracy are what they are by hand', () => {
  expect(brier([1, 0], [0.8, 0.4])).toBeCloseTo((0.04 + 0.16) / 2, 15);
  expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 15);
  expect(logLoss([1], [0])).toBeCloseTo(-Math.log(1e-15), 6);
  expect(accuracy([1, 0, 1, 0], [0.5, 0.49, 0.1, 0.9])).toBe(0.5);
});

test('calibration finds the slope and intercept that predictions were bent by', () => {
  const random = createRandom(11);
  const logits = Array.from({ length: 40_000 }, () => random.uniform() * 6 - 3);
  const target = logits.map((logit) => (random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
  const overconfident = logits.map((logit) => 1 / (1 + Math.exp(-(2 * logit + 1))));
  const { intercept, slope } = calibration(target, overconfident);
  expect(slope).toBeCloseTo(0.5, 1);
  expect(intercept).toBeCloseTo(-0.5, 1);
});

test('reliability counts every row in one bin', () => {
  const bins = reliability([0, 1, 1, 1], [0.05, 0.05, 0.95, 1]);
  expect(bins).toEqual([
    { low: 0, high: 0.1, rows: 2, predicted: 0.05, observed: 0.5 },
    { low: 0.9, high: 1, rows: 2, predicted: 0.975, observed: 1 },
  ]);
});
