import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyForest, anyNumber, flatten } from '../../testing/random-forest.ts';
import { type Forest, sumLeaves } from '../forest/forest.ts';
import { createWalk } from './index.ts';
import { packForest } from './packed/pack.ts';

type Tree = Parameters<typeof flatten>[0][number];

const features = 5;

/** Sums of rows, in a batch and one by one, equal the plain walk bit for bit. */
function expectPlainSums(forest: Forest, x: Float64Array, width: number): void {
  const walk = createWalk(forest, width);
  const sums = new Float64Array(x.length / width);
  walk.sumBatch(x, sums);
  for (const [row, sum] of sums.entries()) {
    const given = x.subarray(row * width, (row + 1) * width);
    expect(sum).toBe(sumLeaves(forest, given));
    expect(walk.sumLeaves(given)).toBe(sum);
  }
}

test('every walk gives the sums of the plain walk: missing, infinite, signed zeros, values equal to a threshold', () => {
  const rows = fc
    .array(fc.array(anyNumber, { minLength: features, maxLength: features }), { maxLength: 23 })
    .map((rows) => Float64Array.from(rows.flat()));
  fc.assert(
    fc.property(anyForest(features), rows, (forest, x) => expectPlainSums(forest, x, features)),
    { numRuns: 300 },
  );
});

test('a batch of more rows than one block is summed completely', () => {
  const forest = flatten([
    { feature: 0, threshold: 0.3, missingLeft: true, left: { value: 0.1 }, right: { value: 0.7 } },
  ]);
  const x = Float64Array.from({ length: 140_001 }, (_, row) => (row % 10) / 10);
  const sums = new Float64Array(x.length);
  createWalk(forest, 1).sumBatch(x, sums);
  expect(sums).toEqual(x.map((value) => (value < 0.3 ? 0.1 : 0.7)));
});

/** A tree of this many splits in one chain, each with another threshold. */
function deepTree(splits: number): Tree {
  let tree: Tree = { value: splits };
  for (let k = splits; k-- > 0; ) {
    tree = { feature: k % features, threshold: k, missingLeft: k % 2 === 0, left: { value: k }, right: tree };
  }
  return tree;
}

/** This many trees with one split each, each on another feature. */
const stumps = (count: number): Tree[] =>
  Array.from({ length: count }, (_, feature) => ({
    feature,
    threshold: 0.5,
    missingLeft: feature % 2 === 0,
    left: { value: feature / 7 },
    right: { value: -feature / 3 },
  }));

test('a tree a thousand levels deep gives the sums of the plain walk', () => {
  const at = (value: number) => new Array<number>(features).fill(value);
  const x = Float64Array.from([at(998), at(1000), at(7), at(Number.NaN)].flat());
  expectPlainSums(flatten([deepTree(1000), deepTree(1000)]), x, features);
});

test('indicators of many categories give the sums of the plain walk', () => {
  const x = Float64Array.from({ length: 9 * 40 }, (_, i) => [0, 1, Number.NaN][i % 3]);
  expectPlainSums(flatten(stumps(40)), x, 40);
});

test.each([
  ['repeat often', Array.from({ length: 40 }, () => stumps(features)).flat(), true],
  ['hardly repeat', [...stumps(features), deepTree(900)], false],
])('a forest whose leaf values %s gives the sums of the plain walk', (_, trees, numbered) => {
  const forest = flatten(trees);
  expect(packForest(forest, features)?.layout.isNumbered).toBe(numbered);
  const x = Float64Array.from({ length: 9 * features }, (_, i) => [0, 7, 499, Number.NaN][i % 4]);
  expectPlainSums(forest, x, features);
});

test('a forest that does not fit into packed nodes uses the plain walk', () => {
  const forest = flatten([...stumps(3000), deepTree(5000)]);
  expect(packForest(forest, 3000)).toBeUndefined();
  const x = Float64Array.from({ length: 9 * 3000 }, (_, i) => [0, 7, 4990, Number.NaN][i % 4]);
  expectPlainSums(forest, x, 3000);
});
