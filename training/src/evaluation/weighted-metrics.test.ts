import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { auc, aucError, calibration, reliability } from './metrics.ts';
import { compare, scoreCalibrated, scoreProbabilities, scoreValues } from './scores.ts';
import {
  meanOf,
  quantileFor,
  type Sample,
  weightedAuc,
  weightedCalibration,
  weightedReliability,
} from './weighted-metrics.ts';

const random = createRandom(9);
const count = 240;
const prediction = Float64Array.from(
  { length: count },
  () => Math.round(100 * random.uniform()) / 101 + 0.001,
);
const target = prediction.map((p) => Number(random.uniform() < p));
const weights = target.map(() => 1 + random.below(3));
const copies = Int32Array.from(
  Array.from(weights.keys()).flatMap((row) => new Array<number>(weights[row]).fill(row)),
);
const repeat = (values: Float64Array) => Float64Array.from(copies, (row) => values[row]);

test('weighted scores equal those of the repeated rows', () => {
  const weighted = scoreCalibrated(target, [prediction], undefined, { weights });
  const repeated = scoreCalibrated(repeat(target), [repeat(prediction)]);
  for (const name of ['auc', 'brier', 'logLoss', 'accuracy'] as const)
    expect(weighted[name].mean).toBeCloseTo(repeated[name].mean, 12);
  expect(weighted.calibration?.slope.mean).toBeCloseTo(repeated.calibration?.slope.mean ?? 0, 6);
  const values = scoreValues(target, [prediction], undefined, { weights });
  const valuesOfRepeated = scoreValues(repeat(target), [repeat(prediction)]);
  expect(values.r2.mean).toBeCloseTo(valuesOfRepeated.r2.mean, 12);
  const bins = weightedReliability(target, prediction, { weights });
  for (const [i, { predicted, observed }] of reliability(repeat(target), repeat(prediction)).entries()) {
    expect(bins[i].predicted).toBeCloseTo(predicted, 12);
    expect(bins[i].observed).toBeCloseTo(observed, 12);
  }
});

test('weights of 1 give the errors of rows that are alike', () => {
  const ones = { weights: new Float64Array(count).fill(1) };
  const { value, error } = weightedAuc(target, prediction, ones);
  expect(value).toBeCloseTo(auc(target, prediction), 12);
  expect(error / aucError(target, prediction)).toBeCloseTo(1, 2);
  const { slope } = weightedCalibration(target, prediction, ones);
  expect(slope.value).toBeCloseTo(calibration(target, prediction).slope.value, 9);
  expect(slope.error / calibration(target, prediction).slope.error).toBeCloseTo(1, 0);
  const plain = scoreProbabilities(target, [prediction]);
  const weighted = scoreProbabilities(target, [prediction], undefined, ones);
  expect(weighted.brier.low).toBeCloseTo(plain.brier.low ?? 0, 9);
});

test('rows that are repeated within groups are as precise as the groups', () => {
  const groups = Int32Array.from(copies, (row) => row);
  const clustered = scoreProbabilities(repeat(target), [repeat(prediction)], undefined, { groups });
  const alone = scoreProbabilities(target, [prediction], undefined, { weights });
  const naive = scoreProbabilities(repeat(target), [repeat(prediction)]);
  const width = ({ high = 0, low = 0 }) => high - low;
  for (const name of ['auc', 'brier'] as const) {
    expect(clustered[name].mean).toBeCloseTo(alone[name].mean, 12);
    expect(width(clustered[name]) / width(alone[name])).toBeCloseTo(
      quantileFor(groups) / quantileFor(undefined),
      6,
    );
    expect(width(clustered[name])).toBeGreaterThan(1.2 * width(naive[name]));
  }
  const other = prediction.map((p) => p ** 2);
  const difference = compare(repeat(target), [repeat(prediction)], [repeat(other)], undefined, { groups });
  expect(width(difference)).toBeGreaterThan(
    1.2 * width(compare(repeat(target), [repeat(prediction)], [repeat(other)])),
  );
});

test('the interval of a weighted mean holds the truth in 95 % of samples in groups', () => {
  let held = 0;
  const samples = 400;
  for (let sample = 0; sample < samples; sample++) {
    const clusters = Int32Array.from({ length: 200 }, (_, i) => Math.floor(i / 8));
    const effects = Float64Array.from({ length: 25 }, () => random.uniform() - 0.5);
    const values = Float64Array.from(clusters, (group) => effects[group] + random.uniform() - 0.5);
    const some = Float64Array.from(clusters, () => 0.5 + random.uniform());
    const { value, error } = meanOf(values, { weights: some, clusters });
    if (Math.abs(value) <= quantileFor(clusters) * error) held++;
  }
  expect(held / samples).toBeGreaterThan(0.915);
  expect(held / samples).toBeLessThan(0.98);
});

test("the quantile for few groups is Student's", () => {
  expect(quantileFor(Int32Array.from({ length: 6 }, (_, i) => i))).toBeCloseTo(2.5706, 2);
  expect(quantileFor(Int32Array.from({ length: 21 }, (_, i) => i))).toBeCloseTo(2.086, 3);
  expect(quantileFor(undefined)).toBeCloseTo(1.96, 3);
});

const few = {
  target: Float64Array.of(0, 1, 0, 1, 1, 0, 1, 1, 0, 0),
  prediction: Float64Array.of(0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.1, 0.35),
  weights: Float64Array.of(1, 2, 1, 3, 1, 1, 2, 1, 0.5, 1.5),
  clusters: Int32Array.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5),
};

test.each([
  ['of weights and groups', few, [0.3352804607, 1.1586266208], [0.6178952873, 0.7351607136]],
  ['of weights', { weights: few.weights }, [0.3352804607, 1.1586266208], [0.8402785594, 0.81169088]],
  ['of groups', { clusters: few.clusters }, [-0.318422089, 1.1119390502], [0.5360362742, 0.51848292]],
])(
  'the calibration %s is that of glm and sandwich::vcovCL(type = "HC0", cadjust = TRUE) in R',
  (_, sample, values, errors) => {
    const { intercept, slope } = weightedCalibration(few.target, few.prediction, sample);
    for (const [i, { value, error }] of [intercept, slope].entries()) {
      expect(value).toBeCloseTo(values[i], 8);
      expect(error).toBeCloseTo(errors[i], 7);
    }
  },
);

test.each([
  ['of weights and groups', few, 1.71428571428571, 0.52454339438673],
  ['of weights', { weights: few.weights }, 1.71428571428571, 0.989702405756312],
  ['of groups', { clusters: few.clusters }, 1.7, 0.830662386291807],
  ['of neither', {}, 1.7, 1.40672985640061],
])(
  'the mean %s is that of lm(y ~ 1) and sandwich::vcovCL(type = "HC0", cadjust = TRUE) in R',
  (_, sample, value, error) => {
    const mean = meanOf(Float64Array.of(3, -1, 4, 1, -5, 9, 2, 6, -5, 3), sample);
    expect(mean.value).toBeCloseTo(value, 13);
    expect(mean.error).toBeCloseTo(error, 13);
  },
);

test('predictions of 0 and 1 are calibrated as if they were 1e-9 and 1 - 1e-9', () => {
  const target = Float64Array.of(0, 1, 0, 1, 0, 1);
  const calibrated = (...ends: number[]) =>
    weightedCalibration(target, Float64Array.of(ends[0], ends[0], ends[1], ends[1], 0.3, 0.6), {});
  expect(calibrated(0, 1)).toEqual(calibrated(1e-9, 1 - 1e-9));
  const plain = calibration(target, Float64Array.of(0, 0, 1, 1, 0.3, 0.6));
  expect(calibrated(0, 1).slope.value).toBeCloseTo(plain.slope.value, 12);
});

test.each([
  ['weights and groups', few],
  ['groups', { clusters: few.clusters }],
  ['neither', {}],
])(
  'with %s, an AUC is the share of pairs by the product of their weights, its error from what each row wins',
  (_, sample: Sample) => {
    const { target } = few;
    const prediction = few.prediction.map((p) => Math.round(5 * p)); // with ties within and between the classes
    const weight = (i: number) => sample.weights?.[i] ?? 1;
    const rows = [...target.keys()];
    const [negatives, positives] = [0, 1].map((label) => rows.filter((i) => target[i] === label));
    const sum = (some: number[], term: (i: number) => number) =>
      some.reduce((total, i) => total + term(i), 0);
    const totals = [sum(negatives, weight), sum(positives, weight)];
    const wins = (p: number, n: number) =>
      prediction[p] > prediction[n] ? 1 : prediction[p] === prediction[n] ? 0.5 : 0;
    const value =
      sum(positives, (p) => weight(p) * sum(negatives, (n) => weight(n) * wins(p, n))) /
      (totals[0] * totals[1]);
    const ofRow = (i: number) =>
      (target[i] === 1
        ? sum(negatives, (n) => weight(n) * wins(i, n)) / totals[0]
        : sum(positives, (p) => weight(p) * wins(p, i)) / totals[1]) - value;
    const terms = rows.map((i) => (weight(i) * ofRow(i)) / totals[target[i]]);
    const clusters = [...(sample.clusters ?? rows)];
    const sums = [...new Set(clusters)].map((cluster) =>
      sum(
        rows.filter((i) => clusters[i] === cluster),
        (i) => terms[i],
      ),
    );
    const squares = sums.reduce((total, each) => total + each ** 2, 0);
    const found = weightedAuc(target, prediction, sample);
    expect(found.value).toBeCloseTo(value, 12);
    expect(found.error).toBeCloseTo(Math.sqrt((squares * sums.length) / (sums.length - 1)), 12);
  },
);

test('a bin has the weighted means of its rows, and as many rows as a random sample that is as precise', () => {
  const prediction = Float64Array.of(0.11, 0.15, 0.19, 0.95, 1, 1, 0.3);
  const target = Float64Array.of(0, 1, 0, 1, 1, 0, 1);
  const weights = Float64Array.of(1, 2, 1, 1, 1, 2, 5);
  const clusters = Int32Array.of(1, 2, 3, 4, 5, 6, 7);
  const [low, middle, high] = weightedReliability(target, prediction, { weights, clusters });
  // terms (y - 0.5) w / 4 of ±1/8, 1/4: their squares 3/32, times 3 / 2 for three clusters; 0.25 / (9 / 64)
  expect(low).toMatchObject({ rows: 3, predicted: 0.15, observed: 0.5 });
  expect(low.effective).toBeCloseTo(16 / 9, 12);
  expect(middle).toMatchObject({ low: 0.3, high: 0.4, rows: 1, predicted: 0.3, observed: 1, effective: 1 });
  expect(high).toMatchObject({ low: 0.9, high: 1, rows: 3, observed: 0.5 });
  expect(high.predicted).toBeCloseTo((0.95 + 3) / 4, 12);
  // one row of each outcome in two groups: terms 1/4 and -1/4, their error 1/2
  expect(
    weightedReliability(Float64Array.of(1, 0), Float64Array.of(0.5, 0.5), {
      clusters: Int32Array.of(1, 2),
    })[0].effective,
  ).toBeCloseTo(1, 12);
});

test('a bin is never more precise than its rows', () => {
  const clusters = Int32Array.of(1, 1, 2, 2, 3, 3, 3);
  const target = Float64Array.of(1, 0, 1, 0, 1, 0, 1); // the groups differ less than rows by chance
  const prediction = new Float64Array(7).fill(0.55);
  expect(weightedReliability(target, prediction, { clusters })[0].effective).toBe(7);
});

test('the quantile for many groups is exactly Student’s; of one or two groups it is that of three', () => {
  const groups = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
  expect(Math.abs(quantileFor(groups(2001)) - 1.961150826099438)).toBeLessThan(4e-13);
  expect([1, 2].map((count) => quantileFor(groups(count)))).toEqual([
    quantileFor(groups(3)),
    quantileFor(groups(3)),
  ]);
  expect(quantileFor(groups(4))).toBeLessThan(quantileFor(groups(3)));
});
