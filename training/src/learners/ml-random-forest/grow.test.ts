import { sumLeaves } from '@hearth/artifact';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../../testing/heart.ts';
import { flatten, growMlForest } from './grow.ts';

let rows: number[][];
let target: number[];
const columns = ['age', 'trestbps', 'chol', 'thalach', 'oldpeak'];

beforeAll(async () => {
  const table = await heartTable();
  rows = table.inputs.map((row) => columns.map((column) => row[column] as number));
  target = Array.from(table.target);
});

test.each([
  ['few and shallow', { trees: 20, minNumSamples: 100, maxDepth: 2 }],
  ['deep', { trees: 20, minNumSamples: 3, maxDepth: Number.POSITIVE_INFINITY }],
])('the flat trees and the library have equal answers, bit for bit: %s', (_name, options) => {
  const grown = growMlForest(rows, target, options, 1);
  const flat = flatten(grown, rows, target);
  const answers = rows.map((row) => sumLeaves(flat, Float64Array.from(row)) / options.trees);
  expect(answers).toEqual(grown.predict(rows));
});

test('the flat trees and the library have equal answers for ages that no patient had', () => {
  const ages = rows.map(([age]) => [age]);
  const options = { trees: 50, minNumSamples: 100, maxDepth: 2 };
  const grown = growMlForest(ages, target, options, 1);
  const flat = flatten(grown, ages, target);
  const asked = Array.from({ length: 1001 }, (_, i) => [i / 10]);
  expect(asked.map(([age]) => sumLeaves(flat, Float64Array.of(age)) / options.trees)).toEqual(
    grown.predict(asked),
  );
});

test('for a missing value the answer is the base rate', () => {
  const ages = rows.map(([age]) => [age]);
  const grown = growMlForest(ages, target, { trees: 50, minNumSamples: 100, maxDepth: 2 }, 1);
  const flat = flatten(grown, ages, target);
  expect(sumLeaves(flat, Float64Array.of(Number.NaN)) / 50).toBeCloseTo(139 / 303, 12);
});

test('the same seed gives the same forest, another seed a different one', () => {
  const options = { trees: 5, minNumSamples: 50, maxDepth: 3 };
  const grow = (seed: number) => flatten(growMlForest(rows, target, options, seed), rows, target);
  expect(grow(1)).toEqual(grow(1));
  expect(grow(2)).not.toEqual(grow(1));
});

test('missing values are refused, because the library does not check for them', () => {
  const options = { trees: 5, minNumSamples: 50, maxDepth: 3 };
  expect(() => growMlForest([[Number.NaN], [1]], [0, 1], options, 1)).toThrow('cannot use missing values');
});
