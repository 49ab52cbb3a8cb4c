import fc from 'fast-check';
import { featureReader } from '../src/columns/cells.ts';
import type { Column } from '../src/columns/columns.ts';
import type { Feature } from '../src/columns/features.ts';
import { type Forest, sumLeaves } from '../src/forest/forest.ts';
import { anyTree, flatten, type Tree } from './random-forest.ts';

const texts = { label: { en: 'a', 'pt-BR': 'a' }, description: { en: 'a', 'pt-BR': 'a' } };
const about = { ...texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };

/** One column of each kind, and one without a feature. */
export const columns: Column[] = [
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
export const features: Feature[] = [
  { column: 'age' },
  { column: 'pain', equals: 'none' },
  { column: 'pain', equals: 'much' },
  { column: 'slope' },
];
export const readFeatures = featureReader(features, columns);
export const width = columns.length;

/** Includes thresholds at and beyond the limits of the columns, such as those that test whether a column is given. */
export const threshold = fc.oneof(
  fc.integer({ min: -2, max: 11 }),
  fc.constantFrom(-0, 0.5, -1, -Number.MAX_VALUE, Number.MAX_VALUE, Number.MIN_VALUE),
);

/** The cells of a row that the columns allow. */
export const allowedRow = fc.tuple(
  fc.constantFrom(Number.NaN, 0.5),
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN)),
  fc.constantFrom(Number.NaN, 0, 1, 2),
  fc.oneof(fc.constantFrom(Number.NaN, -1, -0, 0, 1, 0.5), fc.double({ min: -1, max: 1 })),
);

/** The sum of the plain walk for the cells of a row. */
export function plainSum(forest: Forest, cells: Float64Array): number {
  const x = new Float64Array(features.length);
  readFeatures(cells, 0, x, 0);
  return sumLeaves(forest, x);
}

/** A threshold beyond every allowed value: the split only tests whether the column is given. */
const never = fc.constantFrom(Number.MAX_VALUE, -Number.MAX_VALUE, 1e6);

/** Splits on values of one or two columns. */
const curve = fc.nat(2).chain((last) => anyTree({ features: last + 1, threshold, maxDepth: 3 }));

/** Trees that test which columns are given and then split on values, as those of additive models do. */
const presenceTree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5, withCrossShrink: true }, curve, {
    weight: 3,
    arbitrary: fc.record({
      feature: fc.nat(features.length - 1),
      threshold: never,
      missingLeft: fc.boolean(),
      left: tie('tree'),
      right: tie('tree'),
    }),
  }),
})).tree;

export const presenceForest = fc.array(presenceTree, { minLength: 1, maxLength: 8 }).map(flatten);
