import { join } from 'node:path';
import { createModel, decodeForest } from '@hearth/artifact';
import { beforeAll, expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { readPackage } from '../data/package.ts';
import { readTable, type Table } from '../data/table.ts';
import { keptColumns } from '../evaluation/random-mask.ts';
import { type Trained, train } from './train.ts';

const silent = { start: () => () => {} };
const plan = { budget: 9, leftOut: ['ml-random-forest'] };
let cars: Table;
let artifact: Trained['artifact'];

beforeAll(async () => {
  cars = await readTable(await readPackage(join(root, 'data/cars/datapackage.json')));
  const columns = ['weight', 'year', 'horsepower', 'origin'];
  const options = { engine: 'additive', seed: 1, folds: 3, repeats: 1, plan, columns } as const;
  ({ artifact } = await train(cars, options, silent));
}, 60_000);

test('a model of a number has an interval of the outcome that is wider with fewer columns, and that of the mean inside', () => {
  const { manifest, files } = artifact;
  const trees = {
    forest: decodeForest(files['forest.safetensors']),
    spread: decodeForest(files['spread.safetensors']),
  };
  const model = createModel(manifest, trees, 'new');
  const { weight, year, horsepower, origin } = cars.inputs[0];
  const readings = [{}, { weight }, { weight, year, horsepower, origin }].map((row) => model.predict(row));
  const widths = readings.map(({ interval }) => (interval ? interval.high - interval.low : 0));
  expect(widths[0]).toBeGreaterThan(1.5 * widths[1]);
  expect(widths[1]).toBeGreaterThan(widths[2]);
  for (const { interval, mean } of readings.slice(1)) {
    expect(interval?.low).toBeLessThan(mean?.low as number);
    expect(interval?.high).toBeGreaterThan(mean?.high as number);
  }
});

test('its quantiles are for five shares of columns, and each fold is covered by those of the others', () => {
  const { interval, evaluation } = artifact.manifest;
  expect(interval?.outcome?.quantiles.map(({ given }) => given)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  if (evaluation.kind !== 'value') throw new Error(evaluation.kind);
  const { coverage = [] } = evaluation;
  for (const { rows, covered } of coverage) {
    expect(Math.abs(covered / rows - 0.9)).toBeLessThan(2.576 * Math.sqrt(0.09 / rows));
  }
  expect(coverage.reduce((sum, { rows }) => sum + rows, 0)).toBe(5 * cars.target.length);
  expect(coverage.at(-1)?.width).toBeLessThan(coverage[0].width);
});

test('a mask keeps its share of the columns, other columns of other rows, and those that are always given', () => {
  const mask = { share: 0.25, always: Uint8Array.of(0, 1, 0, 0) };
  const kept = Array.from({ length: 1000 }, (_, row) => keptColumns(mask, row));
  const counts = [0, 1, 2, 3].map((j) => kept.filter((given) => given[j] === 1).length);
  expect(counts[1]).toBe(1000);
  for (const j of [0, 2, 3]) expect(Math.abs(counts[j] - 250)).toBeLessThan(50);
  expect(keptColumns(mask, 3)).toEqual(kept[3]);
  expect(new Set(kept.map(String)).size).toBe(8);
});

test('rows with equal weights give the quantiles of rows without weights, and say no coverage by rows', async () => {
  const weights = new Float64Array(cars.target.length).fill(3);
  const options = {
    engine: 'additive',
    seed: 1,
    folds: 3,
    repeats: 1,
    plan,
    columns: ['weight'],
  } as const;
  const plain = await train(cars, options, silent);
  const weighted = await train({ ...cars, sampling: { weights } }, options, silent);
  const [ours, theirs] = [weighted, plain].map(({ artifact: { manifest } }) => manifest.interval?.outcome);
  for (const [i, { given, low, high }] of (ours?.quantiles ?? []).entries()) {
    expect(given).toBe(theirs?.quantiles[i].given);
    expect(low).toBeCloseTo(theirs?.quantiles[i].low as number, 2);
    expect(high).toBeCloseTo(theirs?.quantiles[i].high as number, 2);
  }
  expect(ours?.quantiles).toHaveLength(theirs?.quantiles.length as number);
  expect(plain.artifact.manifest.evaluation).toHaveProperty('coverage');
  expect(weighted.artifact.manifest.evaluation).not.toHaveProperty('coverage');
});
