import { expect, test } from 'vitest';
import { formatFault, formatReader } from './time-format.ts';

test.each([
  ['%d/%m/%Y', '31/12/2020', '2020-12-31'],
  ['%d/%m/%Y', '1/2/2020', '2020-02-01'],
  ['%Y-%m', '2020-02', '2020-02-01'],
  ['%Y%m%d', '20200201', '2020-02-01'],
  ['%d.%m.%Y', '1x2x2020', undefined],
  ['%Y%m%d', '2020201', undefined],
  ['%d/%m/%Y', '2020-12-31', undefined],
])('a date of the format %s: %s', (format, text, iso) => {
  expect(formatFault(format, 'date')).toBeUndefined();
  expect(formatReader(format, 'date')(text)).toBe(iso);
});

test('a time has the parts that its format names', () => {
  const read = formatReader('%m/%d/%Y %H:%M', 'datetime');
  expect(read('2/29/2024 7:05')).toBe('2024-02-29T07:05:00');
});

test.each([
  ['%d/%m/%y', 'has %y; known are %Y, %m, %d'],
  ['%d/%m/%Y %H', 'has %H; known are %Y, %m, %d'],
  ['%Y-%m-%m', 'has a part twice'],
  ['%Y', 'needs %Y and %m'],
  ['%', 'has %; known are %Y, %m, %d'],
])('the format %s cannot be read', (format, fault) => {
  expect(formatFault(format, 'date')).toBe(fault);
});
