import * as v from 'valibot';
import { expect, test } from 'vitest';
import { byName } from './by-name.ts';

const counts = byName(v.number());
const names = ['constructor', 'prototype', 'toString', 'hasOwnProperty', 'age'];

test('every name is kept', () => {
  const given = Object.fromEntries(names.map((name, i) => [name, i]));
  expect(Object.entries(v.parse(counts, given)).sort()).toEqual(Object.entries(given).sort());
  expect(Object.keys(v.parse(counts, {}))).toEqual([]);
});

test.each([...names.map((name) => ({ [name]: 'text' })), null, 3, 'text'])('%j is refused', (given) => {
  expect(v.safeParse(counts, given).success).toBe(false);
});
