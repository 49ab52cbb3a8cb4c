import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyForest, anyNumber, flatten } from '../../testing/random-forest.ts';
import { type Forest, sumLeaves } from '../forest.ts';
import { createWalk, type Walk } from './index.ts';
import { packForest } from './pack.ts';
import { packedWalk } from './packed-walk.ts';

const features = 5;

/** The sums of rows, in a batch and one by one, have to be those of the plain walk to the last bit. */
function expectPlainSums(forest: Forest, x: Float64Array, width: number): void {
  const packed = packForest(forest, width);
  if (packed) expectPlain(packedWalk(packed, 0), forest, x, width); // tree by tree, as a forest too large for the cache
  expectPlain(createWalk(forest, width), forest, x, width);
}

function expectPlain(walk: Walk, forest: Forest, x: Float64Array, width: number): void {
  const sums = new Float64Array(x.length / width);
  walk.sumBatch(x, sums);
  for (const [row, sum] of sums.entries()) {
    const given = x.subarray(row * width, (row + 1) * width);
    expect(sum).toBe(sumLeaves(forest, given));
    expect(walk.sumLeaves(given)).toBe(sum);
  }
}

test('every walk comes to the sums of the plain walk: missing, endless, signed zeros, thresholds hit exactly', () => {
  const rows = fc
    .array(fc.array(anyNumber, { minLength: features, maxLength: features }), { maxLength: 23 })
    .map((rows) => Float64Array.from(rows.flat()));
  fc.assert(
    fc.property(anyForest(features), rows, (forest, x) => expectPlainSums(forest, x, features)),
    { numRuns: 500 },
  );
});

test('a batch of more rows than one block has is summed to its end', () => {
  const forest = flatten([
    { feature: 0, threshold: 0.3, missingLeft: true, left: { value: 0.1 }, right: { value: 0.7 } },
  ]);
  const x = Float64Array.from({ length: 140_001 }, (_, row) => (row % 10) / 10);
  const sums = new Float64Array(x.length);
  const packed = packForest(forest, 1);
  if (packed) packedWalk(packed, 0).sumBatch(x, sums);
  expect(sums).toEqual(x.map((value) => (value < 0.3 ? 0.1 : 0.7)));
});

test('a tree a thousand levels deep is walked to its end', () => {
  const splits = 1000;
  let tree: Parameters<typeof flatten>[0][number] = { value: splits };
  for (let k = splits; k-- > 0; ) {
    tree = { feature: k % features, threshold: k, missingLeft: k % 2 === 0, left: { value: k }, right: tree };
  }
  const at = (value: number) => new Array<number>(features).fill(value);
  const x = Float64Array.from([at(splits - 2), at(splits), at(7), at(Number.NaN)].flat());
  expectPlainSums(flatten([tree, tree]), x, features);
});

/** So many trees, each of which asks at a threshold of its own. */
const stumps = (count: number): Forest =>
  flatten(
    Array.from({ length: count }, (_, k) => ({
      feature: 1,
      threshold: k,
      missingLeft: k % 3 === 0,
      left: { value: 1 / (k + 1) },
      right: { value: -k },
    })),
  );

test.each([
  [700, true],
  [65_534, true],
  [65_535, false],
])('%i thresholds of one feature are walked, and fit into packed nodes: %s', (count, fits) => {
  const forest = stumps(count);
  expect(packForest(forest, 2) !== undefined).toBe(fits);
  const x = Float64Array.from([0, Number.NaN, 0, count - 1, 0, count, 0, -1, 0, 700.5, 0, 0]);
  expectPlainSums(forest, x, 2);
});

test('indicators of many categories fit', () => {
  const categories = 40;
  const trees = Array.from({ length: categories }, (_, feature) => ({
    feature,
    threshold: 0.5,
    missingLeft: feature % 2 === 0,
    left: { value: feature / 7 },
    right: { value: -feature / 3 },
  }));
  const x = Float64Array.from({ length: 9 * categories }, (_, i) => [0, 1, Number.NaN][i % 3]);
  expect(packForest(flatten(trees), categories)).toBeDefined();
  expectPlainSums(flatten(trees), x, categories);
});
