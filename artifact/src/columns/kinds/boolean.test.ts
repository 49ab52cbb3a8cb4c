import { expect, test } from 'vitest';
import type { BooleanColumn } from '../columns.ts';
import { kindOf, levelsOf } from './index.ts';

const boolean = (more: Partial<BooleanColumn> = {}): BooleanColumn => ({
  name: 'smokes',
  type: 'boolean',
  ...more,
});
const column = boolean();
const { levels, range, toCell, toValue, readText, check, allowed, unseen, example, valueAt, schema, fault } =
  kindOf(column);

test('the levels are false and true, in the order of their cells', () => {
  expect(levels(column)).toEqual([
    { value: false, label: { en: 'No', 'pt-BR': 'Não' }, seen: true },
    { value: true, label: { en: 'Yes', 'pt-BR': 'Sim' }, seen: true },
  ]);
  expect(levelsOf(column)).toEqual([false, true]);
  expect(range(column)).toBeUndefined();
});

test('the cell of false is 0, that of true 1', () => {
  expect([false, true].map(toCell(column))).toEqual([0, 1]);
  expect([0, 1].map(toValue(column))).toEqual([false, true]);
});

test.each([
  ['true', true],
  ['TRUE', true],
  ['True', true],
  ['1', true],
  ['false', false],
  ['FALSE', false],
  ['False', false],
  ['0', false],
  ['yes', { fault: 'is not true or false' }],
  ['tRUE', { fault: 'is not true or false' }],
  ['', { fault: 'is not true or false' }],
])('the text %j is read as %j', (text, value) => {
  expect(readText(column)(text, '.')).toEqual(value);
});

test('with texts of its own, a boolean has no other ones', () => {
  const read = readText(boolean({ trueValues: ['yes', '2'], falseValues: ['no', '1'] }));
  expect(['yes', '2', 'no', '1'].map((text) => read(text, '.'))).toEqual([true, true, false, false]);
  expect(read('0', '.')).toEqual({ fault: 'is not true or false' });
});

test.each([
  [{}, undefined],
  [{ trueValues: ['yes'] }, undefined],
  [{ falseValues: ['no'], missingCodes: ['?'] }, undefined],
  [{ trueValues: ['2', '1', '3'], falseValues: ['0', '1', '2'] }, 'has the text "1" for true and for false'],
  [{ missingCodes: ['?', '0', 'TRUE'] }, 'has the value "0", which means a missing value'],
])('the fault of a boolean with %j: %s', (more, words) => {
  expect(fault(boolean(more))).toBe(words);
});

test.each([
  [true, undefined],
  [false, undefined],
  [1, 'is a number'],
  ['true', 'is text'],
])('the value %j: %s', (value, words) => {
  expect(check(column)(value)).toBe(words);
});

test('what a boolean takes, and what is unlike its training rows, is said', () => {
  expect(allowed(column, (level) => `<${level}>`)).toBe('<true>, <false>');
  expect(unseen(column)).toBe('is a value that no training row has');
});

test('the example is true; each value has half of all shares', () => {
  expect(example(column)).toBe(true);
  expect([0, 0.49, 0.5, 0.99].map((share) => valueAt(column, share))).toEqual([false, false, true, true]);
});

test('the schema is a boolean, null or a code', () => {
  expect(schema(column, [], false)).toEqual({ type: ['boolean'] });
  expect(schema(column, ['?'], true)).toEqual({
    anyOf: [{ type: ['boolean', 'null'] }, { enum: ['?'], description: 'A missing value.' }],
  });
});

test('its datatype in the Open Inference Protocol is BOOL', () => {
  expect(kindOf(column).datatype).toBe('BOOL');
});
