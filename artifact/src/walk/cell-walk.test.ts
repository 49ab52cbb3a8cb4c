import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allowedRow,
  columns,
  features,
  plainSum,
  presenceForest,
  readFeatures,
  threshold,
  width,
} from '../../testing/cells.ts';
import { anyForest, anyNumber, flatten } from '../../testing/random-forest.ts';
import type { Forest } from '../forest/forest.ts';
import { createCellWalk } from './cell-walk.ts';
import { packForest } from './packed/pack.ts';
import { createCoding } from './tabled/coding.ts';
import { tabulate } from './tabled/tabled-forest.ts';

/** Every sum equals the plain walk bit for bit. */
function expectPlainSums(forests: readonly Forest[], cells: Float64Array): void {
  const walk = createCellWalk(
    { features, columns },
    forests,
    forests.map((forest) => packForest(forest, features.length)),
  );
  const sums = forests.map(() => new Float64Array(cells.length / width));
  walk(cells, sums);
  const rows = Array.from(sums[0].keys(), (row) => cells.subarray(row * width, (row + 1) * width));
  for (const [k, forest] of forests.entries()) {
    expect(sums[k]).toEqual(Float64Array.from(rows, (row) => plainSum(forest, row)));
  }
}

const repeated = (rows: readonly (readonly number[])[], times: number): Float64Array =>
  Float64Array.from(Array.from({ length: times }, () => rows.flat()).flat());

/** Enough repeats to build all tables, which takes one step per row. */
const often = 200;

test('rows give the sums of the plain walk, before and after tables are built', () => {
  const forest = fc.oneof(anyForest(features.length, threshold), presenceForest);
  const forests = fc.array(forest, { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(forests, fc.array(allowedRow, { maxLength: 6 }), (forests, rows) =>
      expectPlainSums(forests, repeated(rows, often)),
    ),
    { numRuns: 100 },
  );
});

test('cells outside what their columns allow give the sums of the plain walk too', () => {
  const row = fc.array(anyNumber, { minLength: width, maxLength: width });
  fc.assert(
    fc.property(anyForest(features.length, threshold), fc.array(row, { maxLength: 4 }), (forest, rows) =>
      expectPlainSums([forest], repeated(rows, often)),
    ),
    { numRuns: 100 },
  );
});

const tabled = (forest: Forest, given: number) => {
  const packed = packForest(forest, features.length);
  const coding = packed && createCoding(features, columns, [packed.thresholds]);
  return coding && tabulate(forest, coding, { readFeatures, width }, given);
};
const ageGiven = 1;
const ageAndPain = 3;
const all = 7;

/** Tests whether a column is given: left if it is. */
const ifGiven = (feature: number, left: Tree, right: Tree): Tree => ({
  feature,
  threshold: Number.MAX_VALUE,
  missingLeft: false,
  left,
  right,
});
type Tree = Parameters<typeof flatten>[0][number];
const step = (feature: number, threshold: number, low: Tree, high: Tree): Tree => ({
  feature,
  threshold,
  missingLeft: true,
  left: low,
  right: high,
});
const leaf = (value: number): Tree => ({ value });

test('trees on one column become one table with an entry for each interval between thresholds', () => {
  const forest = flatten([
    step(0, 3, leaf(0.1), step(0, 7, leaf(0.2), leaf(0.3))),
    step(0, 5, leaf(1), leaf(2)),
    leaf(10),
  ]);
  const missing = 0.1 + 1 + 10;
  expect(tabled(forest, ageGiven)?.tables).toMatchObject({
    second: Int32Array.of(0),
    entries: Float64Array.of(0.1 + 1 + 10, 0.2 + 1 + 10, 0.2 + 2 + 10, 0.3 + 2 + 10, missing),
  });
});

test('a tree that tests whether columns are given depends only on the columns that remain', () => {
  const forest = flatten([
    ifGiven(1, ifGiven(0, step(0, 5, leaf(1), leaf(2)), leaf(3)), ifGiven(0, leaf(4), leaf(5))),
  ]);
  expect(tabled(forest, 0)?.tables.entries).toEqual(Float64Array.of(5));
  expect(tabled(forest, ageGiven)?.tables.entries).toEqual(Float64Array.of(4));
  expect(tabled(forest, ageAndPain)?.tables.entries).toEqual(Float64Array.of(1, 2, 3));
});

test('a tree that adds 0 is left out; a tree on two columns becomes a table of both', () => {
  const forest = flatten([
    step(0, 5, leaf(1), leaf(2)),
    step(3, 0, leaf(0), leaf(-0)),
    step(0, 5, step(2, 0.5, leaf(1), leaf(2)), leaf(3)),
  ]);
  const tabulated = tabled(forest, all);
  expect(tabulated?.count).toBe(2);
  expect(tabulated?.tables.entries).toHaveLength(3 + 3 * 4);
});

test('a tree on three columns is not tabulated', () => {
  const tree = step(0, 5, step(1, 0.5, leaf(1), leaf(2)), step(3, 0, leaf(3), leaf(4)));
  expect(tabled(flatten([tree]), all)).toBeUndefined();
  expect(tabled(flatten([tree]), ageAndPain)).toBeDefined();
});
