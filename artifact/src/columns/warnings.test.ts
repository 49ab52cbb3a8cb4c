import { expect, test } from 'vitest';
import type { Column } from './columns.ts';
import { cellWarnings, seenCells } from './warnings.ts';

const texts = { en: 'a', 'pt-BR': 'a' };
const about = { label: texts, description: texts, group: 'all', required: false };
const categories = ['none', 'some', 'much'].map((value) => ({ value, label: texts }));
const columns: Column[] = [
  { ...about, name: 'age', type: 'integer', minimum: 0, maximum: 100, seen: { minimum: 30, maximum: 70 } },
  { ...about, name: 'pain', type: 'category', categories, unseen: undefined },
  { ...about, name: 'a/b', type: 'category', categories, unseen: ['some'] },
  { ...about, name: 'ignored', type: 'number', minimum: 0, maximum: 9, seen: { minimum: 1, maximum: 2 } },
];
const isSeen = seenCells(columns);

test('a number is seen if it is in the range of the training rows, bounds included', () => {
  expect([29.9, 30, 50, 70, 70.1, Number.NaN].map((cell) => isSeen(0, cell))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('a category is seen unless the column lists it as unseen', () => {
  expect([-1, 0, 1, 2, 3].map((cell) => isSeen(1, cell))).toEqual([false, true, true, true, false]);
  expect([-1, 0, 1, 2, 3].map((cell) => isSeen(2, cell))).toEqual([false, true, false, true, false]);
  const isFirstSeen = seenCells([{ ...about, name: 'pain', type: 'category', categories, unseen: ['none'] }]);
  expect([0, 1, 2].map((cell) => isFirstSeen(0, cell))).toEqual([false, true, true]);
});

const warnings = cellWarnings({
  columns,
  features: [{ column: 'age' }, { column: 'pain', equals: 'none' }, { column: 'a/b', equals: 'much' }],
});
const unlike = [
  { pointer: '/7/age', detail: 'is outside the range of the training rows, 30 to 70' },
  { pointer: '/7/a~1b', detail: 'is a category that no training row has' },
  { pointer: '/7/ignored', detail: 'is not used by this model' },
];

test('unseen and unused cells have one warning per column, wherever the row starts', () => {
  expect(warnings(Float64Array.of(80, 0, 1, 1.5), 0, '/7')).toEqual(unlike);
  expect(warnings(Float64Array.of(50, 50, 80, 0, 1, 1.5), 2, '/7')).toEqual(unlike);
});

test('every cell of a column without unseen levels is seen, whatever its kind', () => {
  const seen = seenCells([
    { name: 'smoker', type: 'boolean' },
    { name: 'day', type: 'date', seen: { minimum: '1970-01-01', maximum: '1970-01-02' } },
  ]);
  expect([-1, 0, 1, 2].map((cell) => seen(0, cell))).toEqual([false, true, true, false]);
  expect([-1, 0, 86_400, 86_401].map((cell) => seen(1, cell))).toEqual([false, true, true, false]);
});

test('missing and seen cells have no warnings', () => {
  expect(warnings(new Float64Array(4).fill(Number.NaN), 0, '')).toEqual([]);
  expect(warnings(Float64Array.of(50, 2, 0, Number.NaN), 0, '')).toEqual([]);
});

test('a missing exposure has a warning, and no other missing column', () => {
  const ofCounts = cellWarnings({ columns, features: [{ column: 'age' }] }, 'age');
  expect(ofCounts(new Float64Array(4).fill(Number.NaN), 0, '')).toEqual([
    { pointer: '/age', detail: 'is missing: the answer is the expected count for an exposure of 1' },
  ]);
});
