import { expect, test } from 'vitest';
import type { CategoryColumn } from '../columns.ts';
import { kindOf, levelsOf } from './index.ts';

const of = (...values: string[]) => ({ categories: values.map((value) => ({ value })) });
const category = (more: Partial<CategoryColumn> = {}): CategoryColumn => ({
  name: 'pain',
  type: 'category',
  ...of('none', 'some', 'much'),
  ...more,
});
const open = category({ open: true });
const { levels, range, toCell, toValue, readText, check, allowed, unseen, example, valueAt, schema, fault } =
  kindOf(category());

test('the levels of a category are in the order of their cells, with their labels and whether they were seen', () => {
  const none = { en: 'No pain', 'pt-BR': 'Sem dor' };
  const column = category({
    categories: [{ value: 'none', label: none }, { value: 'some' }],
    unseen: ['some'],
  });
  expect(levels(column)).toEqual([
    { value: 'none', label: none, seen: true },
    { value: 'some', label: { en: 'some' }, seen: false },
  ]);
  expect(levelsOf(category())).toEqual(['none', 'some', 'much']);
  expect(range(column)).toBeUndefined();
});

test('a value that is not listed has the cell behind those of the categories', () => {
  expect(['none', 'much', 'pink', ''].map(toCell(open))).toEqual([0, 2, 3, 3]);
  expect([0, 2, 3].map(toValue(open))).toEqual(['none', 'much', '']);
});

test('a category is read from a text as it is', () => {
  expect(readText(category())('a  B', '.')).toBe('a  B');
});

test.each([
  [category(), 'much', undefined],
  [category(), 'Much', 'is not one of the categories; did you mean "much"?'],
  [category(), ' mu ch', 'is not one of the categories; did you mean "much"?'],
  [category(), 'mutch', 'is not one of the categories; did you mean "much"?'],
  [category(), 'elsewhere', 'is not one of the categories'],
  [category(of('1', '2')), 2, 'is a number; did you mean "2"?'],
  [category(), 1, 'is a number'],
  [open, 'Much', undefined],
  [open, 1, 'is a number'],
])('of %j the value %j: %s', (column, value, words) => {
  expect(check(column)(value)).toBe(words);
});

test.each([
  [category(), '<none>, <some>, <much>'],
  [open, '<none>, <some>, <much>, or another text'],
  [
    category(of(...Array.from({ length: 1000 }, (_, i) => `c${i}`))),
    '<c0>, <c1>, <c2>, <c3>, <c4>, <c5>, <c6>, <c7>, <c8>, <c9> and 990 more',
  ],
])('what %j takes is said: %s', (column, words) => {
  expect(allowed(column, (level) => `<${level}>`)).toBe(words);
});

test('what is unlike the training rows is said', () => {
  expect(unseen(category())).toBe('is a category that no training row has');
});

test.each([
  ['the first category', category(), 'none'],
  ['the first category that was seen', category({ unseen: ['none', 'much'] }), 'some'],
  ['the first category where none was seen', category({ unseen: ['none', 'some', 'much'] }), 'none'],
])('the example is %s', (_, column, value) => {
  expect(example(column)).toBe(value);
});

test('every category has an equal part of all shares', () => {
  const shares = [0, 0.33, 0.34, 0.66, 0.67, 0.99];
  expect(shares.map((share) => valueAt(category(), share))).toEqual([
    'none',
    'none',
    'some',
    'some',
    'much',
    'much',
  ]);
});

const another = { description: 'Another category, answered with a warning.' };

test.each([
  ['a category', category(), [], false, { type: ['string'], enum: ['none', 'some', 'much'] }],
  [
    'a category with a code, or null',
    category(),
    ['NA'],
    true,
    { type: ['string', 'null'], enum: ['none', 'some', 'much', 'NA', null] },
  ],
  [
    'an open category with a code',
    open,
    ['NA'],
    false,
    { type: ['string'], anyOf: [{ enum: ['none', 'some', 'much', 'NA'] }, another] },
  ],
])('the schema of %s', (_, column, codes, orNull, expected) => {
  expect(schema(column, codes, orNull)).toEqual(expected);
});

test.each([
  [{}, undefined],
  [{ unseen: ['much'], missingCodes: ['NA'], example: 'some' }, undefined],
  [of('a', ' b', 'c '), 'has the category " b", which no cell can contain'],
  [of('a', 'b\u200b', 'c\n'), 'has the category "b\u200b", which no cell can contain'],
  [of('a', 'b', 'a'), 'has a category twice'],
  [{ unseen: ['some', 'x', 'y'] }, 'has "x" in no training row, which is not one of its categories'],
  [{ missingCodes: ['NA', 'much', 'some'] }, 'has the category "much", which means a missing value'],
  [{ example: 'Some' }, 'has the example "Some", which is not one of its categories'],
])('the fault of a category with %j: %s', (more, words) => {
  expect(fault(category(more))).toBe(words);
});

test('its datatype in the Open Inference Protocol is BYTES', () => {
  expect(kindOf(category()).datatype).toBe('BYTES');
});
