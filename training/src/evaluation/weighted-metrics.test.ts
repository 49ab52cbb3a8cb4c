import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { auc, aucError, calibration, reliability } from './metrics.ts';
import { compare, scoreCalibrated, scoreProbabilities, scoreValues } from './scores.ts';
import {
  meanOf,
  quantileFor,
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
