import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyForest, anyNumber, flatten } from '../../testing/random-forest.ts';
import { featureReader } from '../cells.ts';
import type { Column } from '../columns.ts';
import { type Forest, sumLeaves } from '../forest.ts';
import type { Feature } from '../manifest.ts';
import { createCellWalk } from './cell-walk.ts';
import { createCoding } from './coding.ts';
import { foldForest } from './fold.ts';
import { packForest } from './pack.ts';

const texts = { label: { en: 'a', 'pt-BR': 'a' }, description: { en: 'a', 'pt-BR': 'a' } };
const about = { ...texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };
const columns: Column[] = [
  { ...about, name: 'ignored', type: 'number', minimum: 0, maximum: 1, seen },
  { ...about, name: 'age', type: 'integer', minimum: 0, maximum: 9, seen },
  {
    ...about,
    name: 'pain',
    type: 'category',
    categories: ['none', 'some', 'much'].map((value) => ({ value, label: about.label })),
  },
  { ...about, name: 'slope', type: 'number', minimum: -1, maximum: 1, seen },
];
const features: Feature[] = [
  { column: 'age' },
  { column: 'pain', equals: 'none' },
  { column: 'pain', equals: 'much' },
  { column: 'slope' },
];
const readFeatures = featureReader(features, columns);
const width = columns.length;

/** Also thresholds at and outside the least and the greatest value, such as those that ask whether a column is given. */
const threshold = fc.oneof(
  fc.integer({ min: -2, max: 11 }),
  fc.constantFrom(-0, 0.5, -1, -Number.MAX_VALUE, Number.MAX_VALUE, Number.MIN_VALUE),
);
const allowed = fc.tuple(
  fc.constantFrom(Number.NaN, 0.5),
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)),
  fc.constantFrom(Number.NaN, 0, 1, 2),
  fc.oneof(fc.constantFrom(Number.NaN, -1, -0, 0, 1, 0.5), fc.double({ min: -1, max: 1 })),
);

function plainSum(forest: Forest, cells: Float64Array): number {
  const x = new Float64Array(features.length);
  readFeatures(cells, 0, x, 0);
  return sumLeaves(forest, x);
}

/** Every sum has to be the plain walk's to the last bit. */
function expectPlainSums(forests: readonly Forest[], cells: Float64Array): void {
  const walk = createCellWalk(
    { features, columns },
    forests,
    forests.map((forest) => packForest(forest, features.length)),
  );
  const sums = forests.map(() => new Float64Array(cells.length / width));
  walk(cells, sums);
  for (let row = 0; row * width < cells.length; row++) {
    const given = cells.subarray(row * width, (row + 1) * width);
    for (const [k, forest] of forests.entries()) expect(sums[k][row]).toBe(plainSum(forest, given));
  }
}

const repeated = (rows: readonly (readonly number[])[], times: number): Float64Array =>
  Float64Array.from(Array.from({ length: times }, () => rows.flat()).flat());

test('rows come to the sums of the plain walk, also after so many that their columns are folded', () => {
  const forests = fc.array(anyForest(features.length, threshold), { minLength: 1, maxLength: 2 });
  fc.assert(
    fc.property(forests, fc.array(allowed, { maxLength: 6 }), (forests, rows) =>
      expectPlainSums(forests, repeated(rows, 70)),
    ),
    { numRuns: 100 },
  );
});

test('cells that no column allows come to the sums of the plain walk too', () => {
  const row = fc.array(anyNumber, { minLength: width, maxLength: width });
  fc.assert(
    fc.property(anyForest(features.length, threshold), fc.array(row, { maxLength: 4 }), (forest, rows) =>
      expectPlainSums([forest], repeated(rows, 70)),
    ),
    { numRuns: 100 },
  );
});

const fold = (forest: Forest, given: number) => {
  const packed = packForest(forest, features.length);
  const coding = packed && createCoding(features, columns, [packed.thresholds]);
  return coding && foldForest(forest, coding, readFeatures, width, given);
};
const ageGiven = 1;
const ageAndPain = 3;
const all = 7;

/** Asks whether a column is given, and if so goes on. */
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

test('trees on one column are one table with an entry for each step', () => {
  const forest = flatten([
    step(0, 3, leaf(0.1), step(0, 7, leaf(0.2), leaf(0.3))),
    step(0, 5, leaf(1), leaf(2)),
    leaf(10),
  ]);
  expect(fold(forest, ageGiven)).toMatchObject({
    second: Int32Array.of(0),
    entries: Float64Array.of(0.1 + 1 + 10, 0.2 + 1 + 10, 0.2 + 2 + 10, 0.3 + 2 + 10),
  });
});

test('a tree that asks whether a column is given depends on what is left', () => {
  const forest = flatten([
    ifGiven(1, ifGiven(0, step(0, 5, leaf(1), leaf(2)), leaf(3)), ifGiven(0, leaf(4), leaf(5))),
  ]);
  expect(fold(forest, 0)?.entries).toEqual(Float64Array.of(5));
  expect(fold(forest, ageGiven)?.entries).toEqual(Float64Array.of(4));
  expect(fold(forest, ageAndPain)?.entries).toEqual(Float64Array.of(1, 2));
});

test('a tree that adds nothing is left out, one on two columns is a table of both', () => {
  const forest = flatten([
    step(0, 5, leaf(1), leaf(2)),
    step(3, 0, leaf(0), leaf(-0)),
    step(0, 5, step(2, 0.5, leaf(1), leaf(2)), leaf(3)),
  ]);
  const folded = fold(forest, all);
  expect(folded?.first).toHaveLength(2);
  expect(folded?.entries).toHaveLength(2 + 2 * 3);
});

test('a tree on three columns is not folded', () => {
  const tree = step(0, 5, step(1, 0.5, leaf(1), leaf(2)), step(3, 0, leaf(3), leaf(4)));
  expect(fold(flatten([tree]), all)).toBeUndefined();
  expect(fold(flatten([tree]), ageAndPain)).toBeDefined();
});
