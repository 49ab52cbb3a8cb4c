import { expect, test } from 'vitest';
import type { TimeColumn } from '../columns.ts';
import { kindOf, levelsOf } from './index.ts';

const texts = { en: 'a', 'pt-BR': 'b' };
const date = (more: Partial<TimeColumn> = {}): TimeColumn => ({
  name: 'when',
  label: texts,
  description: texts,
  group: 'all',
  required: false,
  type: 'date',
  minimum: '2000-01-01',
  maximum: '2024-12-31',
  seen: { minimum: '2010-01-01', maximum: '2010-01-03' },
  ...more,
});
/** Without limits, or with one of them. */
const unlimited = (limit: Partial<TimeColumn> = {}) =>
  date({ minimum: undefined, maximum: undefined, ...limit });
const datetime = (more: Partial<TimeColumn> = {}): TimeColumn =>
  date({
    type: 'datetime',
    minimum: '2000-01-01T00:00',
    maximum: '2024-12-31T12:00:00',
    seen: { minimum: '2010-01-01T00:00:00', maximum: '2010-01-01T01:00:00' },
    ...more,
  });

test.each([
  [date(), '2000-01-01', undefined],
  [date(), '2024-12-31', undefined],
  [date(), '1999-12-31', 'is too early'],
  [date(), '2025-01-01', 'is too late'],
  [date(), '2023-02-30', 'is a date that does not exist'],
  [date(), '01/02/2023', 'is not a date such as 2024-02-29'],
  [date(), 20230201, 'is a number'],
  [unlimited(), '0001-01-01', undefined],
  [unlimited(), '9999-12-31', undefined],
  [unlimited({ minimum: '2000-01-01' }), '1999-12-31', 'is too early'],
  [unlimited({ maximum: '2024-12-31' }), '2025-01-01', 'is too late'],
  [unlimited({ type: 'datetime' }), '9999-12-31T23:59:59', undefined],
  // in São Paulo it is the year 10000 then, and not yet the year 0001
  [unlimited({ type: 'datetime' }), '9999-12-31T23:59:59-12:00', 'is too late'],
  [unlimited({ type: 'datetime' }), '0001-01-01T00:00:00Z', 'is too early'],
  [datetime(), '2024-12-31T12:00:00', undefined],
  [datetime(), '2024-12-31T12:00:00.001', 'is too late'],
  // noon in São Paulo
  [datetime(), '2024-12-31T15:00:00Z', undefined],
  [datetime(), '2024-12-31T15:00:01Z', 'is too late'],
  [datetime(), '2024-12-31', 'is not a date and time such as 2024-02-29T13:45:00'],
])('of %j the value %j: %s', (column, value, fault) => {
  expect(kindOf(column).check(column, 'America/Sao_Paulo')(value)).toBe(fault);
});

const range = (minimum: string, maximum = minimum) => ({ minimum, maximum });

test.each([
  [date(), undefined],
  [date({ ...range('2010-01-01'), seen: range('2010-01-01') }), undefined],
  [date({ seen: range('2000-01-01', '2024-12-31'), example: '2000-01-01' }), undefined],
  [date({ example: '2024-12-31', missingCodes: ['2001-01-01'] }), undefined],
  [date({ format: '%d/%m/%Y' }), undefined],
  [date({ format: '%d/%m' }), 'has the format %d/%m, which needs %Y and %m'],
  [date({ minimum: '2000-02-30' }), 'has "2000-02-30" as its minimum, which is a date that does not exist'],
  [
    datetime({ maximum: '2024-12-31T12:00Z' }),
    'has "2024-12-31T12:00Z" as its maximum, which has an offset, which is not allowed here',
  ],
  [date({ minimum: '2025-01-01' }), 'allows nothing: its minimum is 2025-01-01, its maximum 2024-12-31'],
  [
    date({ seen: range('2010', '2011') }),
    'has "2010" as its seen.minimum, which is not a date such as 2024-02-29',
  ],
  [
    date({ seen: range('2010-01-01', '2011') }),
    'has "2011" as its seen.maximum, which is not a date such as 2024-02-29',
  ],
  [date({ example: '2011' }), 'has "2011" as its example, which is not a date such as 2024-02-29'],
  [
    unlimited({ minimum: '9999-12-31', maximum: '0001-01-01' }),
    'allows nothing: its minimum is 9999-12-31, its maximum 0001-01-01',
  ],
  [
    date({ seen: range('2011-01-01', '2010-01-01') }),
    'was seen from 2011-01-01 to 2010-01-01, which is not within 2000-01-01 to 2024-12-31',
  ],
  [
    unlimited({
      type: 'datetime',
      maximum: '2000-01-01T00:00',
      seen: range('2000-01-01T00:00', '2000-01-01T00:01'),
    }),
    'was seen from 2000-01-01T00:00 to 2000-01-01T00:01, which is not within 0001-01-01T00:00:00 to 2000-01-01T00:00',
  ],
  [
    date({ seen: { minimum: '1999-01-01', maximum: '2010-01-01' } }),
    'was seen from 1999-01-01 to 2010-01-01, which is not within 2000-01-01 to 2024-12-31',
  ],
  [unlimited({ minimum: '2000-01-01' }), undefined],
  [
    unlimited({ minimum: '2011-01-01' }),
    'was seen from 2010-01-01 to 2010-01-03, which is not within 2011-01-01 to 9999-12-31',
  ],
  [date({ example: '2025-01-01' }), 'has the example 2025-01-01, which it does not allow'],
  [
    date({ example: '2001-01-01', missingCodes: ['2001-01-01'] }),
    'has the example 2001-01-01, which it does not allow',
  ],
])('%j: %s', (column, fault) => {
  expect(kindOf(column).fault(column)).toBe(fault);
});

test.each([
  [date(), '2010-01-02'],
  [date({ missingCodes: ['2010-01-02'] }), '2010-01-01'],
  [date({ missingCodes: ['2010-01-02', '2010-01-01'] }), '2010-01-03'],
  [date({ seen: range('2010-01-01'), missingCodes: ['2010-01-01'] }), '2010-01-01'],
  [datetime(), '2010-01-01T00:30:00'],
  [datetime({ seen: range('2010-01-01T00:00:00', '2010-01-01T00:00:05') }), '2010-01-01T00:00:02'],
  [unlimited(), '2010-01-02'],
])('the example of %j is %s', (column, example) => {
  expect(kindOf(column).example(column)).toBe(example);
});

test.each([
  [date(range('2000-01-01', '2000-01-11')), ['2000-01-01', '2000-01-04', '2000-01-11']],
  [
    datetime(range('2000-01-01T00:00', '2000-01-01T00:00:09')),
    ['2000-01-01T00:00:00', '2000-01-01T00:00:02', '2000-01-01T00:00:09'],
  ],
  [unlimited(), ['2010-01-01', '2010-01-01', '2010-01-03']],
])('values of %j reach from the least to the greatest', (column, values) => {
  expect([0, 0.3, 1].map((share) => kindOf(column).valueAt(column, share))).toEqual(values);
});

test('values at shares of the range are allowed', () => {
  for (const column of [date(), datetime(), unlimited()]) {
    const { valueAt, check } = kindOf(column);
    const values = [0, 0.3, 0.99999, 1].map((share) => valueAt(column, share));
    expect(values.map(check(column, 'UTC'))).toEqual(values.map(() => undefined));
  }
});

test.each([
  [date(), 'a date from 2000-01-01 to 2024-12-31'],
  [unlimited({ minimum: '2000-01-01' }), 'a date ≥ 2000-01-01'],
  [unlimited({ maximum: '2000-01-01' }), 'a date ≤ 2000-01-01'],
  [unlimited({ type: 'datetime' }), 'a date and time'],
])('what %j takes is said: %s', (column, words) => {
  expect(kindOf(column).allowed(column, String)).toBe(words);
});

test('the schema of a date has only the limits that are declared', () => {
  const column = unlimited({ minimum: '2000-01-01' });
  expect(kindOf(column).schema(column, [], false)).toStrictEqual({
    type: ['string'],
    format: 'date',
    'x-minimum': '2000-01-01',
  });
  expect(kindOf(column).schema(unlimited(), [], false)).toStrictEqual({ type: ['string'], format: 'date' });
});

test('the schema of a time has two forms, null and a code', () => {
  expect(kindOf(datetime()).schema(datetime(), ['?'], true)).toEqual({
    anyOf: [
      {
        type: ['string', 'null'],
        anyOf: [
          { format: 'date-time' },
          {
            description: "On the clock of the model's time zone.",
            pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?$',
          },
        ],
        'x-minimum': '2000-01-01T00:00',
        'x-maximum': '2024-12-31T12:00:00',
      },
      { enum: ['?'], description: 'A missing value.' },
    ],
  });
});

test('times have no levels; the cell is the seconds since 1970', () => {
  const column = unlimited({ type: 'datetime', seen: range('1970-01-01T00:00:00', '1970-01-02T00:00:00') });
  expect(levelsOf(column)).toBeUndefined();
  expect(kindOf(unlimited()).range(unlimited())).toEqual({
    minimum: -62_135_596_800,
    maximum: 253_402_214_400,
    seen: { minimum: 1_262_304_000, maximum: 1_262_476_800 },
  });
  expect(kindOf(column).range(column)).toEqual({
    minimum: -62_135_596_800,
    maximum: 253_402_300_799,
    seen: { minimum: 0, maximum: 86_400 },
  });
  expect(kindOf(column).toCell(column, 'America/Sao_Paulo')('1970-01-01T03:00:01Z')).toBe(1);
});

test.each([
  [undefined, '2024-02-29 13:45', '2024-02-29T13:45'],
  [undefined, '2024-02-29T13:45', '2024-02-29T13:45'],
  ['%d/%m/%Y %H:%M', '29/02/2024 13:45', '2024-02-29T13:45:00'],
  ['%d/%m/%Y %H:%M', '2024-02-29 13:45', '2024-02-29T13:45'],
])('in the format %s, the text %s is read as %s', (format, text, value) => {
  const column = datetime({ format });
  expect(kindOf(column).readText(column)(text, '.')).toBe(value);
});

test('what is unlike the training rows is said', () => {
  expect(kindOf(date()).unseen(date())).toBe(
    'is outside the range of the training rows, 2010-01-01 to 2010-01-03',
  );
});

test('its datatype in the Open Inference Protocol is BYTES', () => {
  expect([date(), datetime()].map((column) => kindOf(column).datatype)).toEqual(['BYTES', 'BYTES']);
});

test('a cell and its value are the same time', () => {
  for (const [column, value] of [
    [date(), '2024-02-29'],
    [datetime(), '2024-02-29T12:00:00.25'],
  ] as const) {
    const { toCell, toValue } = kindOf(column);
    expect(toValue(column)(toCell(column)(value))).toBe(value);
  }
});
