import { expect, test } from 'vitest';
import type { NumericColumn } from '../columns.ts';
import { kindOf, levelsOf } from './index.ts';

const number = (more: Partial<NumericColumn> = {}): NumericColumn => ({
  name: 'dose',
  type: 'number',
  minimum: -2,
  maximum: 8,
  seen: { minimum: 1, maximum: 2.2345 },
  ...more,
});
const integer = (more: Partial<NumericColumn> = {}) => number({ type: 'integer', ...more });
/** Without limits, or with one of them. */
const unlimited = (type: NumericColumn['type'], limit: Partial<NumericColumn> = {}) =>
  number({ type, minimum: undefined, maximum: undefined, ...limit });
const listed = { enum: [4, 2, 8, 6], seen: { minimum: 3, maximum: 8 } };
const unit = { en: 'mg', 'pt-BR': 'mg/dia' };
const greatest = 3.4028234663852886e38;

test('numbers have no levels; the cell is the number', () => {
  for (const column of [number(listed), integer()]) {
    const { toCell, toValue } = kindOf(column);
    expect(levelsOf(column)).toBeUndefined();
    expect(toCell(column)(-1.5)).toBe(-1.5);
    expect(toValue(column)(-1.5)).toBe(-1.5);
  }
});

test.each([
  [number(), { minimum: -2, maximum: 8, seen: { minimum: 1, maximum: 2.2345 } }],
  [unlimited('number'), { minimum: -greatest, maximum: greatest, seen: { minimum: 1, maximum: 2.2345 } }],
  // where the training rows are not known, nothing is outside them
  [
    number({ seen: { minimum: 1, maximum: 2, of: 'thresholds' } }),
    { minimum: -2, maximum: 8, seen: { minimum: -2, maximum: 8 } },
  ],
])('the range of %j', (column, range) => {
  expect(kindOf(column).range(column)).toEqual(range);
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
  [unlimited('number'), -greatest, undefined],
  [unlimited('number'), greatest, undefined],
  [unlimited('number'), 3.402823466385289e38, 'is too large for a number'],
  [unlimited('number'), -1e39, 'is too large for a number'],
  [unlimited('number', { minimum: 0 }), -0.1, 'is too small'],
  [unlimited('number', { minimum: 0 }), 1e38, undefined],
  [unlimited('number', { maximum: 0 }), 0.1, 'is too large'],
  [unlimited('number', { maximum: 0 }), -1e38, undefined],
  [unlimited('integer'), -(2 ** 53 - 1), undefined],
  [unlimited('integer'), 2 ** 53, 'is a whole number beyond 2^53 - 1, which cannot be read exactly'],
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
  [number({ enum: Array.from({ length: 12 }, (_, i) => i) }), '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more'],
])('what %j takes is said: %s', (column, words) => {
  expect(kindOf(column).allowed(column, String)).toBe(words);
});

test.each([number(), integer()])('what is unlike the training rows of %j is said', (column) => {
  expect(kindOf(column).unseen(column)).toBe('is outside the range of the training rows, 1 to 2.2345');
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
])('the schema of %s', (_, column, codes, orNull, schema) => {
  expect(kindOf(column).schema(column, codes, orNull)).toEqual(schema);
});

const at = (minimum: number, maximum = minimum) => ({ minimum, maximum });

test.each([
  [unlimited('number'), undefined],
  [unlimited('number', { minimum: 1 }), undefined],
  [number({ ...at(5), seen: at(5) }), undefined],
  [integer({ ...at(3), seen: at(3) }), undefined],
  [number({ ...at(1.2, 1.8), seen: at(1.2, 1.8) }), undefined],
  [number({ example: 2.5 }), undefined],
  [integer({ example: 2, missingCodes: ['3'] }), undefined],
  [number({ ...listed, example: 4 }), undefined],
  [number(at(8, 7)), 'allows nothing: its minimum is 8, its maximum 7'],
  [
    unlimited('number', { minimum: 1e39 }),
    'allows nothing: its minimum is 1e+39, its maximum 3.4028234663852886e+38',
  ],
  [integer(at(1.2, 1.8)), 'allows nothing: there is no whole number from 1.2 to 1.8'],
  [number({ seen: at(3, 1) }), 'was seen from 3 to 1, which is not within -2 to 8'],
  [number({ seen: at(-3, 1) }), 'was seen from -3 to 1, which is not within -2 to 8'],
  [number({ seen: at(1, 9) }), 'was seen from 1 to 9, which is not within -2 to 8'],
  [
    unlimited('number', { minimum: 2 }),
    'was seen from 1 to 2.2345, which is not within 2 to 3.4028234663852886e+38',
  ],
  [number({ example: -2.5 }), 'has the example -2.5, which it does not allow'],
  [number({ example: 9 }), 'has the example 9, which it does not allow'],
  [integer({ example: 2.5 }), 'has the example 2.5, which it does not allow'],
  [number({ ...listed, example: 5 }), 'has the example 5, which it does not allow'],
  [number({ example: 3, missingCodes: ['3'] }), 'has the example 3, which it does not allow'],
])('the fault of %j: %s', (column, fault) => {
  expect(kindOf(column).fault(column)).toBe(fault);
});

test('each has its datatype in the Open Inference Protocol', () => {
  expect([number(), integer()].map((column) => kindOf(column).datatype)).toEqual(['FP64', 'INT64']);
});

test.each([
  [undefined, '-1234.5', '.', -1234.5],
  [undefined, '1234,5', ',', 1234.5],
  ['.', '1.234.567', ',', 1_234_567],
  ['.', '-12.345,5', ',', -12_345.5],
  ['.', '1.234', '.', 1.234],
  ['.', '1.2', ',', { fault: 'has "." where it does not separate thousands' }],
  ['.', '1.234.56', ',', { fault: 'has "." where it does not separate thousands' }],
  ['.', '1234.567', ',', { fault: 'has "." where it does not separate thousands' }],
] as const)(
  'grouped by %s, the text %s is read with the decimal sign %s',
  (groupChar, text, decimal, value) => {
    const column = number({ groupChar });
    expect(kindOf(column).readText(column)(text, decimal)).toEqual(value);
  },
);
