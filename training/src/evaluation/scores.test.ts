import { expect, test } from 'vitest';
import { auc, aucError, brier, calibration, logLoss } from './metrics.ts';
import {
  compare,
  isScorable,
  meanDifference,
  poissonDeviance,
  scoreCalibrated,
  scoreCounts,
  scoreOf,
  scoreProbabilities,
  scoreValues,
} from './scores.ts';
import { quantileFor } from './weighted-metrics.ts';

const z = 1.959963984540054;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
/** Standard deviation of a sample. */
const sd = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));
const near = (value: number) => expect.closeTo(value, 12);

const target = [0, 1, 1, 0, 1, 0];
const first = [0.2, 0.7, 0.4, 0.3, 0.9, 0.6];
const second = [0.1, 0.8, 0.6, 0.5, 0.7, 0.5];
const repeats = [first, second].map((values) => Float64Array.from(values));

/** Computed by hand: mean and standard deviation over the repeats, and the interval from the standard error over the rows. */
function byHand(losses: (y: number, p: number) => number, least = -Infinity, most = Infinity) {
  const rows = target.map((y, i) => (losses(y, first[i]) + losses(y, second[i])) / 2);
  const each = [first, second].map((p) => mean(target.map((y, i) => losses(y, p[i]))));
  const half = (z * sd(rows)) / Math.sqrt(rows.length);
  return {
    mean: near(mean(each)),
    sd: near(sd(each)),
    low: near(Math.max(least, mean(each) - half)),
    high: near(Math.min(most, mean(each) + half)),
  };
}

test('scores of probabilities have a standard deviation over the repeats, and an interval over the rows', () => {
  const scores = scoreProbabilities(target, repeats);
  expect(scores.brier).toEqual(byHand((y, p) => (y - p) ** 2));
  expect(scores.logLoss).toEqual(byHand((y, p) => -Math.log(y === 1 ? p : 1 - p)));
  expect(scores.accuracy).toEqual(byHand((y, p) => (p >= 0.5 === (y === 1) ? 1 : 0), 0, 1));
  const areas = [first, second].map((p) => auc(target, p));
  const half = z * aucError(target, first);
  expect(scores.auc).toEqual({
    mean: near(mean(areas)),
    sd: near(sd(areas)),
    low: near(mean(areas) - half),
    high: near(Math.min(1, mean(areas) + half)),
  });
});

test('intervals are clipped to the range of the score', () => {
  const scores = scoreProbabilities([0, 1, 1, 0], [Float64Array.of(0, 1, 1, 1)]);
  expect(scores.brier.low).toBe(0);
  expect(scores.accuracy.high).toBe(1);
  const wrong = scoreProbabilities([0, 1, 1, 0], [Float64Array.of(1, 0, 0, 0)]);
  expect(wrong.brier.high).toBe(1);
  expect(wrong.accuracy.low).toBe(0);
  expect(wrong.logLoss.high).toBeGreaterThan(1);
  expect(wrong.logLoss.low).toBeGreaterThan(1);
  expect(scoreProbabilities([0, 1, 1, 0], [Float64Array.of(0.1, 0.9, 0.99, 0.98)]).logLoss.low).toBe(0);
  const mixed = scoreProbabilities([0, 0, 0, 1, 1, 1], [Float64Array.of(0.8, 0.1, 0.9, 0.2, 0.1, 0.3)]);
  expect(mixed.auc.low).toBe(0);
});

test('the standard deviation of one repeat is 0', () => {
  expect(scoreProbabilities(target, repeats.slice(0, 1)).brier.sd).toBe(0);
});

test('rows and repeats without predictions are left out', () => {
  const none = new Float64Array(6).fill(Number.NaN);
  const part = Float64Array.of(...second.slice(0, 5), Number.NaN);
  const scores = scoreProbabilities(target, [repeats[0], none, part]);
  expect(scores).toEqual(
    scoreProbabilities(target.slice(0, 5), [
      Float64Array.from(first.slice(0, 5)),
      Float64Array.from(second.slice(0, 5)),
    ]),
  );
  expect(scores).toEqual(scoreProbabilities(target, repeats, Int32Array.of(0, 1, 2, 3, 4)));
});

test('the intervals of the calibration use the standard errors of the first repeat', () => {
  const overlapping = [first, [0.1, 0.8, 0.45, 0.5, 0.7, 0.5]].map((values) => Float64Array.from(values));
  const fits = overlapping.map((p) => calibration(target, p));
  const { calibration: found, ...scores } = scoreCalibrated(target, overlapping);
  expect(scores).toEqual(scoreProbabilities(target, overlapping));
  for (const name of ['intercept', 'slope'] as const) {
    const values = fits.map((fit) => fit[name].value);
    expect(found?.[name]).toEqual({
      mean: near(mean(values)),
      sd: near(sd(values)),
      low: near(mean(values) - z * fits[0][name].error),
      high: near(mean(values) + z * fits[0][name].error),
    });
  }
});

test('values are scored by RMSE, MAE and R²', () => {
  const heights = [1, 4, 2, 8, 5];
  const guesses = [
    [1.5, 3, 2.5, 7, 5],
    [2, 4.5, 2, 6.5, 4],
  ];
  const scores = scoreValues(
    heights,
    guesses.map((guess) => Float64Array.from(guess)),
  );
  const squares = guesses.map((guess) => brier(heights, guess));
  const variance = mean(heights.map((y) => (y - mean(heights)) ** 2));
  const rowsOf = (loss: (error: number) => number) =>
    heights.map((y, i) => mean(guesses.map((guess) => loss(guess[i] - y))));
  const half = (loss: (error: number) => number) => (z * sd(rowsOf(loss))) / Math.sqrt(5);
  const halfOfSquares = half((error) => error ** 2);
  expect(scores.rmse).toEqual({
    mean: near(mean(squares.map(Math.sqrt))),
    sd: near(sd(squares.map(Math.sqrt))),
    low: near(Math.sqrt(mean(squares) - halfOfSquares)),
    high: near(Math.sqrt(mean(squares) + halfOfSquares)),
  });
  const absolute = guesses.map((guess) => mean(heights.map((y, i) => Math.abs(y - guess[i]))));
  expect(scores.mae).toEqual({
    mean: near(mean(absolute)),
    sd: near(sd(absolute)),
    low: near(mean(absolute) - half(Math.abs)),
    high: near(mean(absolute) + half(Math.abs)),
  });
  expect(scores.r2).toEqual({
    mean: near(1 - mean(squares) / variance),
    sd: near(sd(squares) / variance),
    low: near(1 - (mean(squares) + halfOfSquares) / variance),
    high: near(1 - (mean(squares) - halfOfSquares) / variance),
  });
});

test('the intervals of RMSE and MAE start at 0 or above', () => {
  const { rmse, mae } = scoreValues([1, 2, 3], [Float64Array.of(1, 2, 9)]);
  expect([rmse.low, mae.low]).toEqual([0, 0]);
});

test('models are compared row by row, averaged over the repeats that predicted the row', () => {
  const others = [0.5, Number.NaN].map((first) =>
    Float64Array.of(first, 0.5, 0.5, Number.NaN, 0.5, Number.NaN),
  );
  const ours = [repeats[0], Float64Array.from(second, (p, i) => (i === 1 ? Number.NaN : p))];
  const rows = [0, 1, 2, 4];
  const differences = rows.map((row) => {
    const made = row === 1 ? [first[row]] : [first[row], second[row]];
    return mean(made.map((p) => (p - target[row]) ** 2)) - 0.25;
  });
  const half = (z * sd(differences)) / 2;
  expect(compare(target, ours, others)).toEqual({
    mean: near(mean(differences)),
    low: near(mean(differences) - half),
    high: near(mean(differences) + half),
  });
});

test('the mean of the log losses of single rows is the log loss of all', () => {
  expect(scoreProbabilities(target, repeats).logLoss.mean).toBeCloseTo(
    (logLoss(target, first) + logLoss(target, second)) / 2,
    12,
  );
});

test.each([
  [[0, 1], false],
  [[2], false],
  [[], false],
  [[0, 1, 2], true],
  [[2, 0], true],
])('with targets 1, 1, 0, the rows %j can be scored: %s', (rows, scorable) => {
  expect(isScorable([1, 1, 0], Int32Array.from(rows))).toBe(scorable);
});

test.each([
  ['that separate the classes', [0.1, 0.6, 0.7, 0.2, 0.8, 0.3]],
  ['that separate the classes in the wrong order', [0.8, 0.2, 0.3, 0.6, 0.1, 0.7]],
  ['that separate the classes but for a tie', [0.1, 0.6, 0.7, 0.2, 0.8, 0.6]],
  ['that separate the classes in the wrong order but for a tie', [0.8, 0.6, 0.3, 0.6, 0.1, 0.7]],
  ['of 0 and 1 that are all right', [0, 1, 1, 0, 1, 0]],
  ['that are all equal', [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]],
])('probabilities %s in any repeat have no calibration', (_, probabilities) => {
  for (const each of [[Float64Array.from(probabilities)], [repeats[0], Float64Array.from(probabilities)]]) {
    const scores = scoreCalibrated(target, each);
    expect(scores).toEqual(scoreProbabilities(target, each));
    expect(scores).not.toHaveProperty('calibration');
  }
});

test.each([
  ['in the right order', [0.1, 0.25, 0.7, 0.2, 0.8, 0.3]],
  ['in the wrong order', [0.25, 0.1, 0.2, 0.7, 0.3, 0.8]],
])('probabilities %s but for one row have a calibration slope', (_, probabilities) => {
  const scores = scoreCalibrated(target, [Float64Array.from(probabilities)]);
  expect(Number.isFinite(scores.calibration?.slope.mean)).toBe(true);
});

test('the deviance of a count is 0 where the prediction is exact, and 2 · mean where there is no event', () => {
  expect(poissonDeviance(3, 3)).toBe(0);
  expect(poissonDeviance(0, 1.5)).toBe(3);
  expect(poissonDeviance(2, 1)).toBeCloseTo(2 * (2 * Math.log(2) - 1), 12);
  expect(poissonDeviance(0.5, 1)).toBeCloseTo(2 * (0.5 * Math.log(0.5) + 0.5), 12);
});

test('the deviance of counts is the mean of poisson()$dev.resids in R, beside the scores of values', () => {
  const counts = [2, 0, 5, 1];
  const predicted = [Float64Array.of(1.5, 0.4, 6, 0.2)];
  const { deviance, ...scores } = scoreCounts(counts, predicted);
  expect(scores).toEqual(scoreValues(counts, predicted));
  expect(deviance?.mean).toBeCloseTo(0.686597136683945, 12);
  expect(deviance?.high).toBeCloseTo(0.686597136683945 + z * 0.345092762492861, 12);
});

test('an event where none was expected counts as if 1e-9 had been expected', () => {
  const { deviance } = scoreCounts([0, 3], [Float64Array.of(0, 0)]);
  expect(deviance?.mean).toBeCloseTo(3 * Math.log(3e9) - 3, 6);
});

test('the interval of a weighted AUC ends at 0 and 1', () => {
  const weights = Float64Array.of(1, 2, 1);
  const { auc } = scoreProbabilities([0, 0, 1], [Float64Array.of(0.1, 0.9, 0.5)], undefined, { weights });
  expect(auc).toMatchObject({ low: 0, high: 1 });
});

test('models of several outputs are compared on the rows that both predicted', () => {
  const loss = (y: number, predictions: ArrayLike<number>, i: number) =>
    Math.abs(y - predictions[2 * i]) + Math.abs(y - predictions[2 * i + 1]);
  const none = [Number.NaN, Number.NaN];
  const ours = [Float64Array.of(1, 2, 5, 5, 0, 0), Float64Array.of(2, 2, ...none, 0, 0)];
  const others = [Float64Array.of(0, 0, 1, 1, ...none)];
  const { mean: difference } = compare([1, 2, 3], ours, others, { outputs: 2, loss });
  expect(difference).toBe((1.5 - 2 + (6 - 2)) / 2);
});

test('differences of rows with weights and groups are those of lm(y ~ 1) and sandwich::vcovCL in R', () => {
  const weights = Float64Array.of(1, 2, 1, 3, 1, 1, 2, 1, 0.5, 1.5);
  const clusters = Int32Array.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
  const { mean: value, low, high } = meanDifference([3, -1, 4, 1, -5, 9, 2, 6, -5, 3], { weights, clusters });
  expect(value).toBeCloseTo(1.71428571428571, 12);
  expect((high - value) / quantileFor(clusters)).toBeCloseTo(0.52454339438673, 12);
  expect(value - low).toBeCloseTo(high - value, 12);
});

test('an estimate has a normal interval without limits, and no deviation over repeats', () => {
  expect(scoreOf({ value: -1, error: 2 })).toEqual({ mean: -1, sd: 0, low: -1 - 2 * z, high: -1 + 2 * z });
});
