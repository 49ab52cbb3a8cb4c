import { expect, test } from 'vitest';
import type { Column } from './columns.ts';
import { featureFault, featureRange } from './derive.ts';
import type { Feature } from './features.ts';

const texts = { en: 'a', 'pt-BR': 'b' };
const about = { name: 'a', label: texts, description: texts, group: 'all', required: false };
const seen = { minimum: 0, maximum: 1 };
const number: Column = { ...about, type: 'number', minimum: -1, maximum: 5, seen };
const boolean: Column = { ...about, type: 'boolean' };
const category: Column = {
  ...about,
  type: 'category',
  categories: [{ value: 'x', label: texts }],
  open: true,
};
const days = { minimum: '1969-12-31', maximum: '1970-01-03' };
const date: Column = { ...about, type: 'date', ...days, seen: days };

const features = {
  cell: { column: 'a' },
  equals: { column: 'a', equals: 'x' },
  in: { column: 'a', in: 0 },
  numbers: { column: 'a', numbers: [1, 2] },
  part: { column: 'a', part: 'year' },
  above: { column: 'a', above: 2 },
} satisfies Record<string, Feature>;

test.each<[Column, string]>([
  [number, 'cell above'],
  [boolean, 'cell'],
  [category, 'equals in numbers'],
  [date, 'cell part above'],
])('features that fit %j: %s', (column, fitting) => {
  const fit = Object.entries(features).filter(
    ([, feature]) => !featureFault(feature, column, new Uint8Array(1)),
  );
  expect(fit.map(([way]) => way).join(' ')).toBe(fitting);
});

test.each<[Feature, Column, [number, number]]>([
  [features.cell, boolean, [0, 1]],
  [features.cell, date, [-86_400, 172_800]],
  [{ column: 'a', above: 100 }, date, [0, 172_700]],
  [features.part, date, [1969, 1970]],
  [{ column: 'a', part: 'days' }, date, [-1, 2]],
  [{ column: 'a', part: 'dayOfYear' }, date, [1, 366]],
  [features.numbers, category, [1, 2]],
])('%j is within its range', (feature, column, range) => {
  expect(featureRange(feature, column)).toEqual(range);
});
