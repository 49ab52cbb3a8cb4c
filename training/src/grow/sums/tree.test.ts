import { type Forest, sumLeaves } from '@hearth/artifact';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everyRow, featuresOfRow, type Sample, samples, trainingRows } from '../../../testing/grow-tables.ts';
import { growNaively, type NaiveTree } from '../../../testing/naive-tree.ts';
import { createRandom } from '../../random.ts';
import type { GrowColumn } from '../bins.ts';
import type { ForestOptions } from '../forest/grower.ts';
import { growForestSync } from '../forest/random-forest.ts';

const onEveryRow: ForestOptions = {
  trees: 1,
  columnsPerSplit: Infinity,
  minimumLeaf: 1,
  sampleShare: 1,
  replace: false,
  seed: 1,
};

const numeric = (...values: number[]): GrowColumn => ({ kind: 'numeric', values: Float64Array.from(values) });
const category = (categories: number, ...values: number[]): GrowColumn => ({
  kind: 'category',
  values: Float64Array.from(values),
  categories,
});

const growTree = (columns: GrowColumn[], target: number[], options: Partial<ForestOptions> = {}): Forest =>
  growForestSync(trainingRows({ columns, target: Float64Array.from(target) }), { ...onEveryRow, ...options })
    .forest;

test('a threshold lies halfway between the neighbouring values', () => {
  const forest = growTree([numeric(1, 2, 10, 20)], [0, 0, 1, 1]);
  expect(Array.from(forest.feature)).toEqual([0, -1, -1]);
  expect(forest.threshold[0]).toBe(6);
  expect(Array.from(forest.value)).toEqual([0, 0, 1]);
  expect(Array.from(forest.cover)).toEqual([4, 2, 2]);
});

test('a category is split from the others by its indicator', () => {
  const forest = growTree([numeric(5, 5, 5, 5, 5), category(3, 0, 1, 1, 2, 0)], [0, 1, 1, 0, 0]);
  expect(Array.from(forest.feature)).toEqual([2, -1, -1]);
  expect(forest.threshold[0]).toBe(0.5);
  expect(Array.from(forest.value)).toEqual([0, 0, 1]);
});

test('missing values go to the side with the more similar target', () => {
  const left = growTree([numeric(1, 2, 3, 4, Number.NaN)], [0, 0, 1, 1, 0]);
  const right = growTree([numeric(1, 2, 3, 4, Number.NaN)], [0, 0, 1, 1, 1]);
  expect([left.missingLeft[0], right.missingLeft[0]]).toEqual([1, 0]);
  expect([left.threshold[0], right.threshold[0]]).toEqual([2.5, 2.5]);
});

test('missing values go to the larger side if none occurred in training', () => {
  expect(growTree([numeric(1, 2, 3)], [0, 0, 1]).missingLeft[0]).toBe(1);
  expect(growTree([numeric(1, 2, 3)], [0, 1, 1]).missingLeft[0]).toBe(0);
});

test('a tree can split on whether a value is missing', () => {
  const forest = growTree([numeric(1, 2, Number.NaN, Number.NaN)], [0, 0, 1, 1]);
  expect(forest.threshold[0]).toBe(Number.MAX_VALUE);
  expect(Array.from(forest.value)).toEqual([0, 0, 1]);
  expect(forest.missingLeft[0]).toBe(0);
});

test('no leaf is smaller, and no tree deeper, than allowed', () => {
  const values = everyRow(100);
  const columns = [numeric(...values)];
  const target = Array.from(values, (row) => row ** 2);
  const forest = growTree(columns, target, { minimumLeaf: 7, maxDepth: 3 });
  const leaves = forest.cover.filter((_, node) => forest.feature[node] === -1);
  expect(leaves.length).toBe(8);
  expect(Math.min(...leaves)).toBeGreaterThanOrEqual(7);
});

test('a constant target gives a single leaf', () => {
  expect(Array.from(growTree([numeric(1, 2, 3)], [0.1, 0.1, 0.1]).value)).toEqual([0.1]);
});

test('trees equal those of a naive grower that tries every split on every row', () => {
  // Integers so different that two splits are equally good only if they divide the rows in the same way.
  const sample = samples(fc.noBias(fc.integer({ min: 0, max: 1e6 })));
  fc.assert(
    fc.property(sample, fc.integer({ min: 1, max: 4 }), (drawn, minimumLeaf) => {
      const { forest } = growForestSync(trainingRows(drawn), { ...onEveryRow, minimumLeaf, maxDepth: 4 });
      expectSame(forest, growNaively(drawn.columns, drawn.target, minimumLeaf, 4), drawn);
    }),
    { numRuns: 300 },
  );
});

test('a tree with many rows, whose histograms are computed by subtraction, equals the naive one', () => {
  const rows = 600;
  const columns = [numeric(...everyRow(rows)), numeric(...everyRow(rows).map((row) => (row * 7919) % 97))];
  const target = Float64Array.from(everyRow(rows), (row) => Math.sin(row / 40) + ((row * 7919) % 97) / 50);
  const few = columns.map(
    (column): GrowColumn => ({ kind: 'numeric', values: column.values.map((v) => Math.floor(v / 6)) }),
  );
  const sample = { columns: few, target };
  const { forest } = growForestSync(trainingRows(sample), { ...onEveryRow, maxDepth: 5 });
  expectSame(forest, growNaively(few, target, 1, 5), sample);
});

const oneOrZero = fc.integer({ min: 0, max: 1 });

test('trees grown from counts equal the naive ones, including the choice among equal splits', () => {
  fc.assert(
    fc.property(samples(oneOrZero), fc.integer({ min: 1, max: 4 }), (drawn, minimumLeaf) => {
      const { forest } = growForestSync(trainingRows(drawn), { ...onEveryRow, minimumLeaf, maxDepth: 4 });
      expectSame(forest, growNaively(drawn.columns, drawn.target, minimumLeaf, 4), drawn);
    }),
    { numRuns: 300 },
  );
});

test('counts and sums give the same trees, from few rows to more than 16 bits can count', () => {
  const random = createRandom(8);
  const rows = 80_000;
  const draw = (of: () => number) =>
    Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? Number.NaN : of()));
  const columns: GrowColumn[] = [
    { kind: 'numeric', values: draw(() => random.uniform()) },
    { kind: 'category', values: draw(() => random.below(5)), categories: 6 },
    { kind: 'numeric', values: draw(() => random.below(1000)) },
    { kind: 'numeric', values: Float64Array.from({ length: rows }, () => random.uniform()) },
  ];
  const probability = (row: number) =>
    0.1 +
    0.3 * (columns[0].values[row] > 0.3 ? 1 : 0) +
    0.2 * (columns[1].values[row] % 2 === 1 ? 1 : 0) +
    (0.3 * (columns[2].values[row] || 700)) / 1000;
  const target = Float64Array.from({ length: rows }, (_, row) => Number(random.uniform() < probability(row)));
  const training = trainingRows({ columns, target });
  const options = { ...onEveryRow, replace: true, trees: 2, minimumLeaf: 40 };
  const counted = growForestSync(training, options).forest;
  const summed = growForestSync({ ...training, weights: new Uint8Array(rows).fill(1) }, options).forest;
  expect(counted.feature.length).toBeGreaterThan(2000);
  expect(counted.feature.length).toBe(summed.feature.length);
  for (let row = 0; row < rows; row += 7) {
    const x = featuresOfRow(columns, row);
    expect(sumLeaves(counted, x)).toBe(sumLeaves(summed, x));
  }
});

test('counts and sums give the same trees where whole rows weigh more than their masked copies', () => {
  const random = createRandom(8);
  const draw = () => Float64Array.from({ length: 2000 }, () => random.uniform());
  const columns = [draw(), draw(), draw()].map((values): GrowColumn => ({ kind: 'numeric', values }));
  const target = columns[0].values.map((value) => Number(random.uniform() < value));
  const options = { ...onEveryRow, minimumLeaf: 10, mask: { copies: 2, rowWeight: 2 } };
  const training = trainingRows({ columns, target });
  const counted = growForestSync(training, options).forest;
  const summed = growForestSync({ ...training, weights: new Uint8Array(2000).fill(1) }, options).forest;
  expect(counted.feature.length).toBeGreaterThan(100);
  for (let row = 0; row < 2000; row++) {
    const x = featuresOfRow(columns, row);
    expect(sumLeaves(counted, x)).toBeCloseTo(sumLeaves(summed, x), 12);
  }
});

function expectSame(forest: Forest, naive: NaiveTree, { columns, target }: Sample): void {
  for (let row = 0; row < target.length; row++) {
    const x = featuresOfRow(columns, row);
    expect(sumLeaves(forest, x)).toBeCloseTo(answerOf(naive, x), 9);
  }
  expect(forest.feature.length).toBe(nodesOf(naive));
}

function answerOf(tree: NaiveTree, x: Float64Array): number {
  if ('mean' in tree) return tree.mean;
  const value = x[tree.feature];
  const isLeft = Number.isNaN(value) ? tree.missingLeft : value < tree.threshold;
  return answerOf(isLeft ? tree.left : tree.right, x);
}

const nodesOf = (tree: NaiveTree): number =>
  'mean' in tree ? 1 : 1 + nodesOf(tree.left) + nodesOf(tree.right);
