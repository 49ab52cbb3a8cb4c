import { expect, test } from 'vitest';
import type { BooleanColumn, CategoryColumn, NumericColumn } from '../columns.ts';
import { kindOf, levelsOf } from './index.ts';

const texts = { en: 'a', 'pt-BR': 'b' };
const about = { label: texts, description: texts, group: 'all', required: false };
const number = (more: Partial<NumericColumn> = {}): NumericColumn => ({
  ...about,
  name: 'dose',
  type: 'number',
  minimum: -2,
  maximum: 8,
  seen: { minimum: 1, maximum: 2.2345 },
  ...more,
});
const integer = (more: Partial<NumericColumn> = {}) => number({ type: 'integer', ...more });
const category = (more: Partial<CategoryColumn> = {}): CategoryColumn => ({
  ...about,
  name: 'pain',
  type: 'category',
  categories: ['none', 'some', 'much'].map((value) => ({ value, label: texts })),
  ...more,
});
const categories = (...values: string[]) =>
  category({ categories: values.map((value) => ({ value, label: texts })) });
const boolean = (more: Partial<BooleanColumn> = {}): BooleanColumn => ({
  ...about,
  name: 'smokes',
  type: 'boolean',
  ...more,
});
/** Without limits, or with one of them. */
const unlimited = (type: NumericColumn['type'], limit: Partial<NumericColumn> = {}) =>
  number({ type, minimum: undefined, maximum: undefined, ...limit });
const open = category({ open: true });
const listed = { enum: [4, 2, 8, 6], seen: { minimum: 3, maximum: 8 } };
const unit = { en: 'mg', 'pt-BR': 'mg' };
const quote = (level: unknown) => `<${level}>`;

test('categories and booleans have levels, in the order of their cells', () => {
  expect(levelsOf(boolean())).toEqual([false, true]);
  expect(levelsOf(category())).toEqual(['none', 'some', 'much']);
  expect(levelsOf(number(listed))).toBeUndefined();
  expect(levelsOf(integer())).toBeUndefined();
});

test.each([
  [number(), -2, undefined],
  [number(), 8, undefined],
  [number(), -2.1, 'is too small'],
  [number(), 8.1, 'is too large'],
  [number(), Number.NaN, 'is too large for a number'],
  [number(), Number.NEGATIVE_INFINITY, 'is too large for a number'],
  [number(), '1', 'is text'],
  [number(listed), 4, undefined],
  [number(listed), 5, 'is not one of the values'],
  [number(listed), 9, 'is too large'],
  [integer(), 3, undefined],
  [integer(), 3.5, 'is not a whole number'],
  [integer(), 9, 'is too large'],
  [integer(), Number.POSITIVE_INFINITY, 'is too large for a number'],
  [integer(), false, 'is true or false'],
  [integer({ maximum: 1e30 }), 2 ** 53 - 1, undefined],
  [integer({ maximum: 1e30 }), 2 ** 53, 'is a whole number beyond 2^53 - 1, which cannot be read exactly'],
  [number({ maximum: 1e30 }), 2 ** 53, undefined],
  [unlimited('number'), -3.4028234663852886e38, undefined],
  [unlimited('number'), 3.4028234663852886e38, undefined],
  [unlimited('number'), 3.402823466385289e38, 'is too large for a number'],
  [unlimited('number'), -1e39, 'is too large for a number'],
  [unlimited('number', { minimum: 0 }), -0.1, 'is too small'],
  [unlimited('number', { minimum: 0 }), 1e38, undefined],
  [unlimited('number', { maximum: 0 }), 0.1, 'is too large'],
  [unlimited('number', { maximum: 0 }), -1e38, undefined],
  [unlimited('integer'), -(2 ** 53 - 1), undefined],
  [unlimited('integer'), 2 ** 53, 'is a whole number beyond 2^53 - 1, which cannot be read exactly'],
  [category(), 'much', undefined],
  [category(), 'Much', 'is not one of the categories; did you mean "much"?'],
  [category(), ' mu ch', 'is not one of the categories; did you mean "much"?'],
  [category(), 'mutch', 'is not one of the categories; did you mean "much"?'],
  [category(), 'elsewhere', 'is not one of the categories'],
  [categories('1', '2'), 2, 'is a number; did you mean "2"?'],
  [category(), 1, 'is a number'],
  [open, 'Much', undefined],
  [open, 1, 'is a number'],
  [boolean(), true, undefined],
  [boolean(), false, undefined],
  [boolean(), 1, 'is a number'],
  [boolean(), 'true', 'is text'],
])('of %j the value %j: %s', (column, value, fault) => {
  expect(kindOf(column).check(column)(value)).toBe(fault);
});

test.each([
  [number(), 'a number from -2 to 8'],
  [number({ unit }), 'a number from -2 to 8 (mg)'],
  [unlimited('number'), 'a number'],
  [unlimited('integer', { minimum: 0 }), 'a whole number ≥ 0'],
  [{ ...unlimited('number', { maximum: 0 }), unit }, 'a number ≤ 0 (mg)'],
  [integer({ unit, maximum: 1e30 }), 'a whole number from -2 to 9007199254740991 (mg)'],
  [number({ ...listed, unit }), '4, 2, 8, 6 (mg)'],
  [integer(listed), '4, 2, 8, 6'],
  [category(), '<none>, <some>, <much>'],
  [open, '<none>, <some>, <much>, or another text'],
  [
    categories(...Array.from({ length: 1000 }, (_, i) => `c${i}`)),
    '<c0>, <c1>, <c2>, <c3>, <c4>, <c5>, <c6>, <c7>, <c8>, <c9> and 990 more',
  ],
  [number({ enum: Array.from({ length: 12 }, (_, i) => i) }), '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more'],
  [boolean(), '<true>, <false>'],
])('what %j takes is said: %s', (column, words) => {
  expect(kindOf(column).allowed(column, quote)).toBe(words);
});

test.each([
  [number(), 'is outside the range of the training rows, 1 to 2.2345'],
  [integer(), 'is outside the range of the training rows, 1 to 2.2345'],
  [category(), 'is a category that no training row has'],
])('what is unlike the training rows of %j is said', (column, words) => {
  expect(kindOf(column).unseen(column)).toBe(words);
});

test.each([
  ['the middle of what was seen, with three digits', number(), 1.62],
  ['the nearest whole number to the middle', integer({ seen: { minimum: 1, maximum: 6 } }), 4],
  [
    'the least seen where the middle is a code',
    integer({ seen: { minimum: 2, maximum: 6 }, missingCodes: ['4'] }),
    2,
  ],
  [
    'the greatest seen where the least is a code too',
    integer({ seen: { minimum: 2, maximum: 6 }, missingCodes: ['4', '2'] }),
    6,
  ],
  [
    'the least seen where every other is a code',
    integer({ seen: { minimum: 4, maximum: 4 }, missingCodes: ['4'] }),
    4,
  ],
  [
    'the least seen where no digits come between',
    number({ seen: { minimum: 1.2344, maximum: 1.2345 } }),
    1.2344,
  ],
  ['the first on the list that was seen', number(listed), 4],
  ['the first on the list that is no code', number({ ...listed, missingCodes: ['4'] }), 8],
  ['one on the list at the least end', number({ enum: [9, 3], seen: { minimum: 3, maximum: 8 } }), 3],
  ['one on the list at the greatest end', number({ enum: [9, 8], seen: { minimum: 3, maximum: 8 } }), 8],
  ['the first category', category(), 'none'],
  ['the first category that was seen', category({ unseen: ['none', 'much'] }), 'some'],
  ['the first category where none was seen', category({ unseen: ['none', 'some', 'much'] }), 'none'],
])('the example is %s', (_, column, example) => {
  expect(kindOf(column).example(column)).toBe(example);
});

test.each([
  [number(), [-2, 1, 3, 8]],
  [integer({ maximum: 7 }), [-2, 1, 3, 7]],
  [unlimited('integer', { maximum: 9 }), [1, 3, 5, 9]],
  [unlimited('number', { minimum: -2 }), [-2, -0.7296499999999999, 0.1172500000000003, 2.2345]],
  [number(listed), [2, 4, 6, 8]],
  [integer({ enum: [10, 9, 1, 3] }), [1, 3, 9, 10]],
])('values of %j reach from the least to the greatest', (column, values) => {
  expect([0, 0.3, 0.5, 1].map((share) => kindOf(column).valueAt(column, share))).toEqual(values);
});

test('the list of a column is left in its order', () => {
  const values = [4, 2];
  kindOf(number()).valueAt(number({ enum: values }), 0);
  expect(values).toEqual([4, 2]);
});

test('every category has an equal part of all shares', () => {
  const shares = [0, 0.33, 0.34, 0.66, 0.67, 0.99];
  expect(shares.map((share) => kindOf(category()).valueAt(category(), share))).toEqual([
    'none',
    'none',
    'some',
    'some',
    'much',
    'much',
  ]);
});

const codes = ['-99', -99];

test.each([
  ['a number', number(), [], false, { type: ['number'], minimum: -2, maximum: 8 }],
  ['a number or null', number(), [], true, { type: ['number', 'null'], minimum: -2, maximum: 8 }],
  [
    'a whole number with a unit',
    integer({ unit, maximum: 1e30 }),
    [],
    false,
    { type: ['integer'], minimum: -2, maximum: Number.MAX_SAFE_INTEGER, 'x-unit': 'mg' },
  ],
  [
    'a list with codes, or null',
    number({ ...listed, unit }),
    codes,
    true,
    {
      anyOf: [
        { type: ['number', 'null'], minimum: -2, maximum: 8, enum: [4, 2, 8, 6, null] },
        { enum: codes, description: 'A missing value.' },
      ],
      'x-unit': 'mg',
    },
  ],
  ['a list', integer(listed), [], false, { type: ['integer'], minimum: -2, maximum: 8, enum: [4, 2, 8, 6] }],
  [
    'a whole number with one code',
    integer(),
    [-99],
    false,
    {
      anyOf: [
        { type: ['integer'], minimum: -2, maximum: 8 },
        { enum: [-99], description: 'A missing value.' },
      ],
    },
  ],
  [
    'a whole number without limits',
    unlimited('integer'),
    [],
    false,
    { type: ['integer'], minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
  ],
  ['a category', category(), [], false, { type: ['string'], enum: ['none', 'some', 'much'] }],
  [
    'a category with a code, or null',
    category(),
    ['NA'],
    true,
    { type: ['string', 'null'], enum: ['none', 'some', 'much', 'NA', null] },
  ],
])('the schema of %s', (_, column, codes, orNull, schema) => {
  expect(kindOf(column).schema(column, codes, orNull)).toEqual(schema);
});

test.each([
  [unlimited('number'), undefined],
  [unlimited('number', { minimum: 1 }), undefined],
  [
    unlimited('number', { minimum: 2 }),
    'was seen from 1 to 2.2345, which is not within 2 to 3.4028234663852886e+38',
  ],
  [
    unlimited('number', { minimum: 1e39 }),
    'allows nothing: its minimum is 1e+39, its maximum 3.4028234663852886e+38',
  ],
])('the fault of %j: %s', (column, fault) => {
  expect(kindOf(column).fault(column)).toBe(fault);
});

test('each has its datatype in the Open Inference Protocol', () => {
  expect([number(), integer(), category()].map((column) => kindOf(column).datatype)).toEqual([
    'FP64',
    'INT64',
    'BYTES',
  ]);
});

test.each([
  ['true', true],
  ['TRUE', true],
  ['True', true],
  ['1', true],
  ['false', false],
  ['0', false],
  ['yes', { fault: 'is not true or false' }],
  ['tRUE', { fault: 'is not true or false' }],
])('a boolean as the text %s is %j', (text, value) => {
  expect(kindOf(boolean()).readText(boolean())(text, '.')).toEqual(value);
});

test('a code of a missing boolean is none of its texts', () => {
  const coded = boolean({ missingCodes: ['?', '0'] });
  expect(kindOf(coded).fault(coded)).toBe('has the value "0", which means a missing value');
});

test('a value that is not listed has the cell behind those of the categories', () => {
  const { toCell, toValue } = kindOf(open);
  expect(['none', 'much', 'pink', ''].map(toCell(open))).toEqual([0, 2, 3, 3]);
  expect(toCell(open)(toValue(open)(3))).toBe(3);
});

test('a boolean with texts of its own has no other ones', () => {
  const coded = boolean({ trueValues: ['yes', '2'], falseValues: ['no', '1'] });
  const read = kindOf(coded).readText(coded);
  expect(['yes', '2', 'no', '1'].map((text) => read(text, '.'))).toEqual([true, true, false, false]);
  expect(read('0', '.')).toEqual({ fault: 'is not true or false' });
  const both = boolean({ trueValues: ['1'], falseValues: ['0', '1'] });
  expect(kindOf(both).fault(both)).toBe('has the text "1" for true and for false');
});

test.each([
  ['1.234.567', ',', 1_234_567],
  ['-12.345,5', ',', -12_345.5],
  ['1.234', '.', 1.234],
  ['1.2', ',', { fault: 'has "." where it does not separate thousands' }],
  ['1.234.56', ',', { fault: 'has "." where it does not separate thousands' }],
  ['1234.567', ',', { fault: 'has "." where it does not separate thousands' }],
] as const)('grouped by points, %s is read with the decimal sign %s', (text, decimal, value) => {
  const grouped = { ...number(), groupChar: '.' as const };
  expect(kindOf(grouped).readText(grouped)(text, decimal)).toEqual(value);
});
