import { join } from 'node:path';
import { createModel, decodeForest, type Row } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { root } from '../../testing/heart.ts';
import { readPackage } from '../data/package.ts';
import { readTable, type Table } from '../data/table.ts';
import { splitFold, stratifiedFolds } from '../evaluation/folds.ts';
import { createRandom, type Random } from '../random.ts';
import { train } from './train.ts';

const silent = { start: () => () => {} };
const plan = { budget: 9, leftOut: ['ml-random-forest'] };
const folds = 5;
const cars = await readTable(await readPackage(join(root, 'data/cars/datapackage.json')));

const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());

/** Rows with the columns of the table of cars, and a target with noise that is skewed, or that grows with the weight. */
function simulated(seed: number, noise: (random: Random, weight: number) => number): Table {
  const random = createRandom(seed);
  const inputs = cars.inputs.map(({ origin }) => {
    const size = normal(random);
    // within two standard deviations, and so within the limits of the columns
    const mixed = (mean: number, sd: number) =>
      Math.round(mean + sd * Math.min(2, Math.max(-2, 0.7 * size + 0.7 * normal(random))));
    return {
      cylinders: mixed(6, 1),
      displacement: mixed(300, 100),
      horsepower: mixed(110, 40),
      weight: mixed(3000, 800),
      acceleration: mixed(15, 3),
      year: 1970 + random.below(13),
      origin,
    };
  });
  const target = Float64Array.from(
    inputs,
    ({ weight, horsepower, year }) =>
      60 -
      0.006 * weight -
      (horsepower > 110 ? 6 : 0) +
      0.5 * (year - 1970) +
      noise(random, (weight - 3000) / 800),
  );
  return { ...cars, inputs, target };
}

const some = (table: Table, rows: Int32Array): Table => ({
  ...table,
  inputs: Array.from(rows, (row) => table.inputs[row]),
  target: Float64Array.from(rows, (row) => table.target[row]),
});

const keeping = (row: Row, share: number, random: Random): Row =>
  Object.fromEntries(Object.entries(row).filter(() => random.uniform() < share));

/** The share of rows whose outcome lies in its interval, by models of other rows, by the share of the cells that are kept. */
async function coverage(table: Table, shares: readonly number[]): Promise<number[]> {
  const held = stratifiedFolds(new Uint8Array(table.target.length), folds, 7);
  const random = createRandom(11);
  const inside = shares.map(() => 0);
  for (let fold = 0; fold < folds; fold++) {
    const split = splitFold(held, fold);
    const { artifact } = await train(
      some(table, split.train),
      { engine: 'additive', seed: 1, folds: 5, repeats: 1, plan },
      silent,
    );
    const { manifest, files } = artifact;
    const trees = {
      forest: decodeForest(files['forest.safetensors']),
      spread: decodeForest(files['spread.safetensors']),
    };
    const model = createModel(manifest, trees, 'new');
    for (const row of split.test) {
      for (const [i, share] of shares.entries()) {
        const { interval } = model.predict(keeping(table.inputs[row], share, random));
        const y = table.target[row];
        if (interval && interval.low <= y && y <= interval.high) inside[i]++;
      }
    }
  }
  return inside.map((count) => count / table.target.length);
}

test.each([
  ['cars', cars],
  ['skewed noise', simulated(1, (random) => -4 * Math.log(1 - random.uniform()))],
  [
    'noise that grows with the weight',
    simulated(2, (random, weight) => 3 * Math.exp(weight / 3) * normal(random)),
  ],
])(
  '%s: the interval holds the outcome of 90 % of the rows, also with few cells',
  { timeout: 900_000 },
  async (_, table) => {
    const shares = [1, 0.75, 0.5, 0.25];
    const covered = await coverage(table, shares);
    // 2.576: the 99 % interval of a binomial share
    const margin = 2.576 * Math.sqrt((0.9 * 0.1) / table.target.length);
    for (const share of covered) expect(Math.abs(share - 0.9)).toBeLessThan(margin);
  },
);
