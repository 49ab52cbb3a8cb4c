import { expect, test } from 'vitest';
import { acceptedCoding, acceptedType, answerType } from './accept.ts';

const offers = ['text/csv', 'application/json', 'application/x-ndjson'] as const;

test.each([
  ['*/*', 'text/csv'],
  ['application/json', 'application/json'],
  ['Application/JSON', 'application/json'],
  ['application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
  ['application/json ; q=0.5 ,text/csv; q=0.4', 'application/json'],
  ['text/html, image/gif, *; q=.2, */*; q=.2', 'text/csv'],
  ['application/*', 'application/json'],
  ['text/*;q=0.3, application/*;q=0.2', 'text/csv'],
  ['*/*;q=0.1, application/*', 'application/json'],
  // the most specific range decides, whatever the others say (RFC 9110)
  ['text/*, text/csv;q=0.1, */*;q=0.5', 'application/json'],
  ['*/*, text/csv;q=0', 'application/json'],
  ['text/csv;charset=utf-8', 'text/csv'],
  ['text/csv; charset="UTF-8"', 'text/csv'],
  ['text/csv;charset=latin1, */*;q=0.1', 'text/csv'],
  ['text/csv;charset=latin1', undefined],
  ['application/json;version=2', 'application/json'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/csv'],
  ['text/html', undefined],
  ['application/json;q=0', undefined],
  ['application/json;q=0.0, text/html', undefined],
  ['application/jsonx', undefined],
  ['text/html;a="application/json, text/csv"', undefined],
  ['', 'text/csv'],
  [';;q=x', 'text/csv'],
  [undefined, undefined],
])('Accept: %s prefers %s', (accept, type) => {
  expect(acceptedType(accept, offers)).toBe(type);
});

test('a parameter that an offer has must be the same', () => {
  const table = ['text/csv; header=present'];
  expect(acceptedType('text/csv;header=present', table)).toBe(table[0]);
  expect(acceptedType('text/csv;header=absent', table)).toBeUndefined();
});

test('nothing that fits is a problem that names the types', () => {
  for (const accept of [undefined, '', '*/*']) expect(answerType(accept, offers)).toBe('text/csv');
  expect(() => answerType('image/png', offers)).toThrow(
    'the answer is text/csv or application/json or application/x-ndjson',
  );
});

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['GZIP;q=0.5, br;q=0.1', 'gzip'],
  ['*', 'br'],
  ['*;q=0.5, br;q=0', 'gzip'],
  ['identity', undefined],
  ['identity, gzip;q=0.5', undefined],
  ['deflate', undefined],
  ['gzip;q=0', undefined],
  ['', undefined],
  [undefined, undefined],
])('Accept-Encoding: %s prefers %s', (accept, coding) => {
  expect(acceptedCoding(accept, ['br', 'gzip'])).toBe(coding);
});
