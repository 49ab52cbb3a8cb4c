import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyTree, flatten } from '../../testing/random-forest.ts';
import { featureReader } from '../columns/cells.ts';
import type { Column } from '../columns/columns.ts';
import type { Feature } from '../columns/features.ts';
import { sumLeaves } from '../forest/forest.ts';
import { createCellWalk } from './cell-walk.ts';
import { packForest } from './packed/pack.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const about = { label: texts, description: texts, group: 'all', required: false };
const days = { minimum: '1970-01-01', maximum: '1970-01-05' };
const columns: Column[] = [
  { ...about, name: 'smoker', type: 'boolean' },
  { ...about, name: 'born', type: 'date', ...days, seen: days },
  {
    ...about,
    name: 'town',
    type: 'category',
    open: true,
    categories: ['a', 'b', 'c'].map((value) => ({ value, label: texts })),
  },
];
const onScale: Feature[] = [
  { column: 'smoker' },
  { column: 'born' },
  { column: 'town', in: 0 },
  { column: 'town', equals: 'b' },
];
const ofDates: Feature[] = [
  { column: 'smoker' },
  { column: 'born', part: 'days' },
  { column: 'born', part: 'dayOfYear' },
  { column: 'born', above: 86_400 },
];
const sets = Uint8Array.of(0b1010);
const day = 86_400;
const threshold = fc.constantFrom(0, 0.5, 1, 2, day, 2 * day, 2.5 * day, 1e9);
const row = fc.tuple(
  fc.constantFrom(Number.NaN, 0, 1),
  fc.constantFrom(Number.NaN, 0, day, 2 * day, 4 * day),
  // the last is a value that is not listed
  fc.constantFrom(Number.NaN, 0, 1, 2, 3),
);

test.each([
  ['on the scale of the cells', onScale],
  ['derived from dates', ofDates],
])('tables give the sums of the plain walk for features %s', (_, features) => {
  const read = featureReader(features, columns, sets);
  fc.assert(
    fc.property(
      fc
        .array(anyTree({ features: features.length, threshold, maxDepth: 3 }), { minLength: 1, maxLength: 4 })
        .map(flatten),
      fc.array(row, { minLength: 1, maxLength: 5 }),
      (forest, rows) => {
        // enough for the tables, which are built one step per row
        const cells = Float64Array.from(Array.from({ length: 200 }, () => rows.flat()).flat());
        const sums = new Float64Array(cells.length / columns.length);
        const walk = createCellWalk(
          { features, columns },
          [forest],
          [packForest(forest, features.length)],
          sets,
        );
        walk(cells, [sums]);
        const x = new Float64Array(features.length);
        for (let i = 0; i < sums.length; i++) {
          read(cells, i * columns.length, x, 0);
          expect(sums[i]).toBe(sumLeaves(forest, x));
        }
      },
    ),
    { numRuns: 100 },
  );
});
