import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isTimeZone,
  type Part,
  partRange,
  parts,
  readDate,
  readTime,
  writeDate,
  writeTime,
} from './calendar.ts';

const day = 86_400;

test.each([
  ['1970-01-01', 0],
  ['1969-12-31', -day],
  ['2024-02-29', 19_782 * day],
  ['2000-02-29', 11_016 * day],
  ['0001-01-01', -719_162 * day],
  ['0099-12-31', -683_004 * day],
  ['9999-12-31', 2_932_896 * day],
])('the midnight of %s is read', (text, seconds) => {
  expect(readDate(text)).toBe(seconds);
  expect(writeDate(seconds)).toBe(text);
});

test.each([
  '2023-02-30',
  '2023-02-29',
  '1900-02-29',
  '2023-13-01',
  '2023-00-10',
  '2023-01-00',
  '2023-04-31',
  '0000-01-01',
])('there is no %s', (text) => {
  expect(readDate(text)).toBe('is a date that does not exist');
  expect(readTime(`${text}T00:00:00`)).toBe('is a date that does not exist');
});

test.each(['', '2024-2-29', '24-02-29', '29/02/2024', '2024-02-29T00:00:00', '2024-02-29 ', '+2024-02-29'])(
  '"%s" is not a date',
  (text) => {
    expect(readDate(text)).toBe('is not a date such as 2024-02-29');
  },
);

test.each([
  ['1970-01-01T00:00:01', 1],
  ['1969-12-31T23:59:59.5', -0.5],
  ['1970-01-02T01:02', day + 3720],
  ['1970-01-01T23:59:59.125', day - 0.875],
  ['1970-01-01T00:00:00Z', -3 * 3600],
  ['1970-01-01T00:00:00+02:00', -5 * 3600],
  ['1970-01-01T00:00:00-03:00', 0],
  // clocks of 1800 showed the time of the sun
  ['1800-01-01T03:06:28Z', -62_091 * day],
])('%s is read on the clock of São Paulo', (text, seconds) => {
  expect(readTime(text, 'America/Sao_Paulo')).toBe(seconds);
});

test('the offset of a time zone is that of the moment', () => {
  const summer = readTime('2024-07-01T12:00:00Z', 'Europe/Lisbon');
  const winter = readTime('2024-01-01T12:00:00Z', 'Europe/Lisbon');
  expect([summer, winter]).toEqual([readTime('2024-07-01T13:00:00'), readTime('2024-01-01T12:00:00')]);
  expect(readTime('2024-01-01T12:00:00-05:30', 'UTC')).toBe(readTime('2024-01-01T17:30:00'));
});

test.each([
  ['2024-02-29T24:00:00', 'is a time that does not exist'],
  ['2016-12-31T23:59:60', 'is a time that does not exist'],
  ['2024-02-29T12:60', 'is a time that does not exist'],
  ['2024-02-29T12:00:00+24:00', 'is a time that does not exist'],
  ['2024-02-29', 'is not a date and time such as 2024-02-29T13:45:00'],
  ['2024-02-29 12:00:00', 'is not a date and time such as 2024-02-29T13:45:00'],
  ['2024-02-29T12:00:00 Z', 'is not a date and time such as 2024-02-29T13:45:00'],
  ['noon', 'is not a date and time such as 2024-02-29T13:45:00'],
])('"%s" %s', (text, fault) => {
  expect(readTime(text, 'UTC')).toBe(fault);
});

test('an offset needs a time zone', () => {
  expect(readTime('2024-02-29T12:00:00Z')).toBe('has an offset, which is not allowed here');
});

test('a time zone has the name of a place, or is UTC', () => {
  expect(['America/Sao_Paulo', 'UTC', 'Mars/Olympus', '+03:00', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

const first = readDate('0001-01-01') as number;
const last = (readDate('9999-12-31') as number) + day - 2;

test('what is written is read as the same seconds', () => {
  const time = fc.tuple(
    fc.integer({ min: first, max: last }),
    fc.constantFrom(0, 0.5, 0.125, 0.1, 0.000001, 0.999999999),
  );
  fc.assert(
    fc.property(time, ([whole, fraction]) => {
      expect(readTime(writeTime(whole + fraction))).toBe(whole + fraction);
      expect(readDate(writeDate(whole))).toBe(whole - (((whole % day) + day) % day));
    }),
  );
});

test.each<[string, Partial<Record<Part, number>>]>([
  ['2024-12-31T18:30:00', { year: 2024, month: 12, dayOfYear: 366, weekday: 2, hour: 18.5 }],
  ['1969-12-31T23:59:59.5', { year: 1969, month: 12, dayOfYear: 365, weekday: 3, hour: 86_399.5 / 3600 }],
  ['0099-03-01T00:00:00', { year: 99, month: 3, dayOfYear: 60, weekday: 7, hour: 0 }],
  ['1970-01-02T12:00:00', { days: 1.5, weekday: 5 }],
  ['2024-06-16T00:00:00', { weekday: 7 }],
])('the parts of %s', (text, expected) => {
  const seconds = readTime(text) as number;
  for (const [part, value] of Object.entries(expected))
    expect([part, parts[part as Part](seconds)]).toEqual([part, value]);
});

test('no part is outside its range', () => {
  const seconds = fc.integer({ min: first, max: last });
  const names = Object.keys(parts) as Part[];
  fc.assert(
    fc.property(seconds, seconds, seconds, (...three) => {
      const [from, at, to] = three.sort((a, b) => a - b);
      for (const part of names) {
        const [low, high] = partRange(part, from, to);
        expect(parts[part](at)).toBeGreaterThanOrEqual(low);
        expect(parts[part](at)).toBeLessThanOrEqual(high);
      }
    }),
  );
});
