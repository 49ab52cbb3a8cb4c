import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allowedRow,
  columns,
  features,
  plainSum,
  presenceForest,
  readFeatures,
  width,
} from '../../../testing/cells.ts';
import { flatten, type Tree } from '../../../testing/random-forest.ts';
import type { Forest } from '../../forest/forest.ts';
import { thresholdsOf } from '../thresholds.ts';
import { createCoding } from './coding.ts';
import { shareTables } from './shared-tables.ts';
import { sumTables } from './tabled-forest.ts';

function share(forest: Forest) {
  const coding = createCoding(features, columns, [thresholdsOf(forest, features.length)]);
  if (!coding) throw new Error('there is no coding');
  const steps = shareTables(forest, coding, { readFeatures, width });
  for (;;) {
    const { done, value: tabled } = steps.next();
    if (done) return tabled && { coding, tabled };
  }
}

/** The row with every subset of its cells removed. */
const leftOut = (cells: readonly number[]): Float64Array[] =>
  Array.from({ length: 1 << width }, (_, set) =>
    Float64Array.from(cells, (cell, i) => ((set >> i) & 1 ? cell : Number.NaN)),
  );

test('rows give the sums of the plain walk, bit for bit, whichever cells are missing', () => {
  fc.assert(
    fc.property(presenceForest, fc.array(allowedRow, { minLength: 1, maxLength: 5 }), (forest, rows) => {
      const shared = share(forest);
      if (!shared) throw new Error('the forest was not tabulated');
      const codes = new Int32Array(shared.coding.none + 1);
      return rows.flatMap(leftOut).every((cells) => {
        const tabled = shared.tabled(shared.coding.write(cells, 0, codes));
        return Object.is(sumTables(tabled, codes), plainSum(forest, cells));
      });
    }),
    { numRuns: 300 },
  );
});

const split = (feature: number, threshold: number, left: Tree, right: Tree): Tree => ({
  ...{ feature, threshold, missingLeft: false },
  ...{ left, right },
});
const ifGiven = (feature: number, yes: Tree, no: Tree): Tree => split(feature, Number.MAX_VALUE, yes, no);
const leaf = (value: number): Tree => ({ value });
const age = 0;
const pain = 1;
const slope = 3;
const steps = (value: number): Tree => split(age, 5, leaf(value), leaf(value + 1));

test('only trees that add something to a row get a table', () => {
  const forest = flatten([
    ifGiven(age, ifGiven(slope, steps(1), steps(2)), leaf(0)),
    ifGiven(age, ifGiven(pain, ifGiven(slope, steps(3), leaf(0)), leaf(0)), leaf(0)),
    leaf(7),
  ]);
  const tabled = share(forest)?.tabled;
  expect(tabled?.(0b000).count).toBe(1);
  expect(tabled?.(0b001).count).toBe(2);
  expect(tabled?.(0b111).count).toBe(3);
});

test('a tree is not tabulated if it splits on values of three columns, or on a value before it tests presence', () => {
  expect(share(flatten([split(age, 5, split(pain, 0.5, leaf(1), leaf(2)), steps(3))]))).toBeDefined();
  expect(
    share(flatten([split(age, 5, split(pain, 0.5, leaf(1), leaf(2)), split(slope, 0, leaf(1), leaf(2)))])),
  ).toBeUndefined();
  expect(
    share(flatten([split(age, 5, ifGiven(pain, leaf(1), leaf(2)), ifGiven(slope, leaf(1), leaf(2)))])),
  ).toBeUndefined();
});

test('tables that would be too large are not built', () => {
  const many = (trees: number) =>
    flatten(Array.from({ length: trees }, (_, i) => split(age, 9 * (i / trees), leaf(1), leaf(2))));
  expect(share(many(100))).toBeDefined();
  expect(share(many(200))).toBeUndefined();
});
