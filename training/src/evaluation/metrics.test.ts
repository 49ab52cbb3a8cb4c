import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { fitColumns } from '../regression/fit-columns.ts';
import { accuracy, auc, aucError, brier, calibration, logLoss, midranks, reliability } from './metrics.ts';

test('AUC is the share of pairs in the right order, with ties counted half', () => {
  expect(auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBe(0.75);
  expect(auc([0, 1], [0.5, 0.5])).toBe(0.5);
  expect(auc([0, 0, 1], [0.1, 0.2, 0.9])).toBe(1);
});

test('AUC of NaN predictions terminates', () => {
  expect(auc([0, 1], [Number.NaN, Number.NaN])).toBeTypeOf('number');
});

test('AUC equals the count over every pair', () => {
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

test("DeLong's standard error is close to the standard deviation of the AUC over samples", () => {
  const random = createRandom(9);
  const draw = () => {
    const target = Array.from({ length: 200 }, (_, i) => i % 2);
    return { target, prediction: target.map((y) => y * 0.5 + random.uniform()) };
  };
  const samples = Array.from({ length: 300 }, draw);
  const areas = samples.map(({ target, prediction }) => auc(target, prediction));
  const mean = areas.reduce((a, b) => a + b) / areas.length;
  const sd = Math.sqrt(areas.reduce((sum, area) => sum + (area - mean) ** 2, 0) / areas.length);
  const error =
    samples.reduce((sum, { target, prediction }) => sum + aucError(target, prediction), 0) / samples.length;
  expect(error / sd).toBeGreaterThan(0.85);
  expect(error / sd).toBeLessThan(1.15);
});

test('equal predictions share a rank', () => {
  expect([...midranks([0, 1, 2, 3], [0.3, 0.1, 0.3, 0.2])]).toEqual([3.5, 1, 3.5, 2]);
});

test('Brier score, log loss and accuracy equal those computed by hand', () => {
  expect(brier([1, 0], [0.8, 0.4])).toBeCloseTo((0.04 + 0.16) / 2, 15);
  expect(logLoss([1, 0], [0.8, 0.4])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, 15);
  expect(logLoss([1], [0])).toBeCloseTo(-Math.log(1e-15), 6);
  expect(accuracy([1, 0, 1, 0], [0.5, 0.49, 0.1, 0.9])).toBe(0.5);
});

test('calibration finds the slope and intercept of distorted predictions', () => {
  const random = createRandom(11);
  const logits = Array.from({ length: 40_000 }, () => random.uniform() * 6 - 3);
  const target = logits.map((logit) => (random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
  const overconfident = logits.map((logit) => 1 / (1 + Math.exp(-(2 * logit + 1))));
  const { intercept, slope } = calibration(target, overconfident);
  expect(Math.abs(slope.value - 0.5)).toBeLessThan(3 * slope.error);
  expect(Math.abs(intercept.value + 0.5)).toBeLessThan(3 * intercept.error);
  expect(slope.error).toBeLessThan(0.01);
});

test('reliability counts every row in exactly one bin', () => {
  const bins = reliability([0, 1, 1, 1], [0.05, 0.05, 0.95, 1]);
  expect(bins).toEqual([
    { low: 0, high: 0.1, rows: 2, predicted: 0.05, observed: 0.5 },
    { low: 0.9, high: 1, rows: 2, predicted: 0.975, observed: 1 },
  ]);
});

test('a class of one row adds nothing to the standard error', () => {
  expect(aucError([0, 0, 1], [0.1, 0.6, 0.5])).toBeCloseTo(Math.sqrt(0.5 / 2), 12);
});

test("DeLong's standard error equals that computed by hand", () => {
  // placements of the positives 0.5 and 1, of the negatives 1 and 0.5: sample variances 0.125, over 2 rows each
  expect(aucError([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])).toBeCloseTo(Math.sqrt(0.125 / 2 + 0.125 / 2), 12);
});

test('log loss clips probabilities of 1 too', () => {
  expect(logLoss([0], [1])).toBeCloseTo(-Math.log(1 - (1 - 1e-15)), 12);
  expect(logLoss([1], [1])).toBe(-Math.log(1 - 1e-15));
});

test('calibration is the logistic regression on the logit, with errors from the inverse information', () => {
  const target = [0, 1, 0, 1, 1, 0, 1, 1];
  const prediction = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
  const { intercept, slope } = calibration(target, prediction);
  const logits = prediction.map((p) => Math.log(p / (1 - p)));
  const probabilities = logits.map((x) => 1 / (1 + Math.exp(-(intercept.value + slope.value * x))));
  const sum = (terms: number[]) => terms.reduce((total, term) => total + term, 0);
  expect(sum(probabilities.map((p, i) => target[i] - p))).toBeCloseTo(0, 7);
  expect(sum(probabilities.map((p, i) => (target[i] - p) * logits[i]))).toBeCloseTo(0, 7);
  const [w, wx, wxx] = [0, 1, 2].map((power) =>
    sum(probabilities.map((p, i) => p * (1 - p) * logits[i] ** power)),
  );
  expect(intercept.error).toBeCloseTo(Math.sqrt(wxx / (w * wxx - wx ** 2)), 12);
  expect(slope.error).toBeCloseTo(Math.sqrt(w / (w * wxx - wx ** 2)), 12);
});

test('calibration clips probabilities to 1e-9 and 1 - 1e-9', () => {
  const target = [0, 1, 0, 1, 0, 1];
  const logits = [1e-9, 1e-9, 1 - 1e-9, 1 - 1e-9, 0.3, 0.6].map((p) => Math.log(p / (1 - p)));
  const [intercept, slope] = fitColumns('logistic', [logits], target, 0);
  const found = calibration(target, [0, 0, 1, 1, 0.3, 0.6]);
  expect(found.intercept.value).toBeCloseTo(intercept, 12);
  expect(found.slope.value).toBeCloseTo(slope, 12);
});

test("DeLong's standard error follows from the share of pairs that each row wins", () => {
  const positives = [0.9, 0.4, 0.7, 0.3];
  const negatives = [0.1, 0.5, 0.4];
  const wins = (p: number, n: number) => (p > n ? 1 : p === n ? 0.5 : 0);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
  const byPositive = positives.map((p) => mean(negatives.map((n) => wins(p, n))));
  const byNegative = negatives.map((n) => mean(positives.map((p) => wins(p, n))));
  expect(aucError([1, 1, 1, 1, 0, 0, 0], [...positives, ...negatives])).toBeCloseTo(
    Math.sqrt(variance(byPositive) / 4 + variance(byNegative) / 3),
    12,
  );
});

test('the number of bins can be given, and a prediction on a border is in the upper bin', () => {
  expect(reliability([1, 0, 1], [0, 0.25, 0.7], 4)).toEqual([
    { low: 0, high: 0.25, rows: 1, predicted: 0, observed: 1 },
    { low: 0.25, high: 0.5, rows: 1, predicted: 0.25, observed: 0 },
    { low: 0.5, high: 0.75, rows: 1, predicted: 0.7, observed: 1 },
  ]);
});
