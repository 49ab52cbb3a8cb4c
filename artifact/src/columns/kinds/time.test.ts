import { expect, test } from 'vitest';
import type { TimeColumn } from '../columns.ts';
import { kindOf } from './index.ts';

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

test.each([
  [date(), undefined],
  [date({ minimum: '2000-02-30' }), 'has "2000-02-30" as its minimum, which is a date that does not exist'],
  [
    datetime({ maximum: '2024-12-31T12:00Z' }),
    'has "2024-12-31T12:00Z" as its maximum, which has an offset, which is not allowed here',
  ],
  [date({ minimum: '2025-01-01' }), 'allows nothing: its minimum is 2025-01-01, its maximum 2024-12-31'],
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
  [datetime(), '2010-01-01T00:30:00'],
  [unlimited(), '2010-01-02'],
])('the example of %j is %s', (column, example) => {
  expect(kindOf(column).example(column)).toBe(example);
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
  expect(kindOf(column).schema(column, [], false)).toEqual({
    type: ['string'],
    format: 'date',
    'x-minimum': '2000-01-01',
  });
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
