import fc from 'fast-check';
import { featureReader } from '../src/columns/cells.ts';
import type { Column } from '../src/columns/columns.ts';
import type { Feature } from '../src/columns/features.ts';
import { type Forest, sumLeaves } from '../src/forest/forest.ts';

const texts = { label: { en: 'a', 'pt-BR': 'a' }, description: { en: 'a', 'pt-BR': 'a' } };
const about = { ...texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };

/** One of each kind, and one that nothing looks at. */
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

/** Also thresholds at and outside the least and the greatest value, such as those that ask whether a column is given. */
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

/** The plain walk's sum for a row's cells. */
export function plainSum(forest: Forest, cells: Float64Array): number {
  const x = new Float64Array(features.length);
  readFeatures(cells, 0, x, 0);
  return sumLeaves(forest, x);
}
