import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calibrationOfValues, reliabilityOfValues } from './value-calibration.ts';

const z = 1.959963984540054;

test('the calibration of values is that of lm(mpg ~ weight) in R', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../../data/cars/cars.csv'), 'utf8');
  const [header = '', ...rows] = lines.trim().split('\n');
  const column = (name: string) =>
    Float64Array.from(rows, (row) => Number(row.split(',')[header.split(',').indexOf(name)]));
  const found = calibrationOfValues(column('mpg'), column('weight'));
  const error = ({ mean = 0, high = 0 } = {}) => (high - mean) / z;
  expect(found?.intercept.mean).toBeCloseTo(46.3173644202657, 12);
  expect(found?.slope.mean).toBeCloseTo(-0.00767661006392647, 15);
  expect(error(found?.intercept)).toBeCloseTo(0.795245229511182, 12);
  expect(error(found?.slope)).toBeCloseTo(0.000257486862807823, 15);
});

test('predictions that are all the same have no calibration', () => {
  expect(calibrationOfValues(Float64Array.of(1, 2, 3), Float64Array.of(2, 2, 2))).toBeUndefined();
});

test('values are grouped by prediction, each row once, at least ten in a group', () => {
  const prediction = Float64Array.from({ length: 47 }, (_, i) => (i * 29) % 47);
  const target = prediction.map((value) => 2 * value);
  const groups = reliabilityOfValues(target, prediction);
  expect(groups.map(({ rows }) => rows)).toEqual([11, 12, 12, 12]);
  expect(groups.map(({ low, high }) => [low, high])).toEqual([
    [0, 10],
    [11, 22],
    [23, 34],
    [35, 46],
  ]);
  for (const { predicted, observed } of groups) expect(observed).toBeCloseTo(2 * predicted, 12);
});

test('there are at most ten groups, and one of fewer than twenty rows', () => {
  const groupsOf = (count: number) => {
    const prediction = Float64Array.from({ length: count }, (_, i) => i);
    return reliabilityOfValues(prediction, prediction).map(({ rows }) => rows);
  };
  expect(groupsOf(120)).toEqual(Array(10).fill(12));
  expect(groupsOf(20)).toEqual([10, 10]);
  expect(groupsOf(19)).toEqual([19]);
  expect(groupsOf(3)).toEqual([3]);
});
