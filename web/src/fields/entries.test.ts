import type { BooleanColumn, CategoryColumn, NumericColumn, TimeColumn } from '@hearth/artifact';
import { describe, expect, test } from 'vitest';
import {
  firstEntries,
  linkedEntries,
  nearestValue,
  nextValue,
  rangeOf,
  readEntries,
  startFilled,
  stepOf,
  unreadable,
} from './entries.ts';
import { isUnseen } from './kinds.ts';

const both = (text: string) => ({ en: text, 'pt-BR': text });
const shared = { label: both(''), description: both(''), group: 'all', required: false };
const weight: NumericColumn = {
  ...shared,
  name: 'weight',
  type: 'number',
  minimum: -5,
  maximum: 5,
  seen: { minimum: -4, maximum: 4 },
};
const rooms: NumericColumn = {
  ...weight,
  name: 'rooms',
  type: 'integer',
  minimum: 0,
  maximum: 20,
  example: 3,
  seen: { minimum: 1, maximum: 12 },
};
const unlimited = { minimum: undefined, maximum: undefined };
const colour: CategoryColumn = {
  ...shared,
  name: 'colour',
  type: 'category',
  categories: [{ value: 'red', label: both('Red') }],
};
const grade: NumericColumn = {
  ...rooms,
  name: 'grade',
  example: undefined,
  enum: [5, 1, 3, 9],
  missingCodes: ['9', 'NA', '-0.5'],
};
const smoker: BooleanColumn = { ...shared, name: 'smoker', type: 'boolean', example: false };
const days = { minimum: '2000-01-01', maximum: '2024-12-31' };
const born: TimeColumn = { ...shared, name: 'born', type: 'date', ...days, seen: days };
const times = { minimum: '2000-01-01T00:00:00', maximum: '2024-12-31T12:00:00' };
const admitted: TimeColumn = { ...shared, name: 'admitted', type: 'datetime', ...times, seen: times };
const columns = [rooms, weight, colour];

describe('the fields', () => {
  test('start with the examples of the columns, and empty without one', () => {
    expect(firstEntries(columns)).toEqual({ rooms: '3', weight: '', colour: '' });
  });

  test('start empty where no training row reaches the example: nobody is shown a guess about somebody else', () => {
    const age = { ...rooms, seen: { minimum: 4, maximum: 12 } };
    expect([firstEntries([age]), startFilled([age])]).toEqual([{ rooms: '' }, []]);
    expect(startFilled([{ ...age, seen: { ...age.seen, of: 'thresholds' } }])).toEqual(['rooms']);
    expect([startFilled([rooms]), startFilled([{ ...smoker, example: true }])]).toEqual([
      ['rooms'],
      ['smoker'],
    ]);
  });

  test('of columns with any names are apart from what every object has', () => {
    const named = ['constructor', 'toString', 'a;b'].map((name) => ({ ...rooms, name, example: undefined }));
    expect(linkedEntries(named, { 'a;b': '4' })).toEqual({ constructor: '', toString: '', 'a;b': '4' });
    const { row, faults } = readEntries(named, { toString: '3' });
    expect(Object.entries(row ?? {})).toEqual([['toString', 3]]);
    expect(faults.constructor).toBeUndefined();
  });

  test('leave out of the row what was not given', () => {
    expect(readEntries(columns, { rooms: '4', weight: '', colour: '' })).toEqual({
      row: { rooms: 4 },
      faults: {},
    });
  });

  test('give numbers as numbers and categories as text', () => {
    const { row } = readEntries(columns, { rooms: '0', weight: ' -0.5 ', colour: 'red' });
    expect(row).toEqual({ rooms: 0, weight: -0.5, colour: 'red' });
  });

  test.each([
    ['rooms', '21', 'too-large'],
    ['rooms', '-1', 'too-small'],
    ['rooms', '2.5', 'not-whole'],
    ['rooms', unreadable, 'not-a-number'],
    ['weight', '1e999', 'not-a-number'],
    ['weight', '5.01', 'too-large'],
    ['colour', 'blue', 'not-a-category'],
  ])('are a row without the one that has a fault, %s = %s: %s', (name, text, fault) => {
    const entries = { rooms: '1', weight: '0.5', [name]: text };
    const { [name]: _, ...others } = { rooms: 1, weight: 0.5 } as Record<string, number>;
    expect(readEntries(columns, entries)).toEqual({ row: others, faults: { [name]: fault } });
  });

  test('are no row while a required one has a fault', () => {
    const required = [{ ...rooms, required: true }, weight];
    expect(readEntries(required, { rooms: '21', weight: '0' })).toEqual({ faults: { rooms: 'too-large' } });
  });

  test.each([
    [{ ...weight, ...unlimited }, '1e38', undefined],
    [{ ...weight, ...unlimited }, '1e39', 'too-large'],
    [{ ...weight, ...unlimited }, '-1e39', 'too-small'],
    [{ ...rooms, ...unlimited }, '9007199254740991', undefined],
    [{ ...rooms, ...unlimited }, '9007199254740992', 'too-large'],
    [{ ...weight, ...unlimited, minimum: 0 }, '-1', 'too-small'],
    [{ ...born, ...unlimited }, '1066-10-14', undefined],
    [{ ...born, ...unlimited, maximum: '2024-12-31' }, '2025-01-01', 'too-late'],
  ])('without limits take what the service takes: %#', (column, text, fault) => {
    expect(readEntries([column], { [column.name]: text }).faults).toEqual(
      fault ? { [column.name]: fault } : {},
    );
  });

  test.each([
    ['2', 'not-listed'],
    ['9', 'stands-for-unknown'],
    ['-0.5', 'stands-for-unknown'],
  ])('refuse %s where only 1, 3 and 5 are values: %s', (text, fault) => {
    expect(readEntries([grade], { grade: text })).toEqual({ row: {}, faults: { grade: fault } });
    expect(readEntries([grade], { grade: '3' })).toEqual({ row: { grade: 3 }, faults: {} });
  });

  test('move from one listed value to the next, and step where there is no list', () => {
    expect([nextValue(grade, 1, 1), nextValue(grade, 5, 1), nextValue(grade, 4, -1)]).toEqual([3, 5, 3]);
    expect(nextValue({ ...rooms, ...unlimited }, 20, 1)).toBe(21);
    expect([nextValue(rooms, 3, 1), nextValue(rooms, 20, 1), nextValue(weight, 0, -1)]).toEqual([
      4, 20, -0.1,
    ]);
    expect([nearestValue(grade, 8), nearestValue(grade, 1.9), nearestValue(rooms, 7)]).toEqual([5, 1, 7]);
  });

  test('end near the training rows where the limits are far away', () => {
    const year = { ...rooms, minimum: 1, maximum: 9999, seen: { minimum: 1970, maximum: 1982 } };
    expect(rangeOf(year)).toEqual({ minimum: 1967, maximum: 1985 });
    expect(rangeOf({ ...year, seen: { minimum: 1970, maximum: 1970 } })).toEqual({
      minimum: 1,
      maximum: 9999,
    });
    const age = { ...rooms, minimum: 0, maximum: 100, seen: { minimum: 29, maximum: 77 } };
    expect(rangeOf(age)).toEqual({ minimum: 0, maximum: 100 });
  });

  test('know a category that no training row had', () => {
    expect(isUnseen({ ...colour, unseen: ['red'] }, 'red')).toBe(true);
    expect([isUnseen(colour, 'red'), isUnseen({ ...colour, unseen: ['red'] }, '')]).toEqual([false, false]);
  });

  test('give booleans as true and false, and dates and times as text', () => {
    expect(firstEntries([smoker, born])).toEqual({ smoker: 'false', born: '' });
    const entries = { smoker: 'true', born: '2024-02-29', admitted: '2024-12-31T12:00' };
    expect(readEntries([smoker, born, admitted], entries).row).toEqual({ ...entries, smoker: true });
  });

  test.each([
    [smoker, 'yes', 'not-a-category'],
    [born, '2023-02-30', 'not-a-date'],
    [born, '1.2.2023', 'not-a-date'],
    [born, '1999-12-31', 'too-early'],
    [born, '2025-01-01', 'too-late'],
    [admitted, '2024-01-01', 'not-a-time'],
    [admitted, '2024-01-01T24:00', 'not-a-time'],
    [admitted, '2024-12-31T12:00:00.5', 'too-late'],
    [admitted, '1999-12-31T23:59', 'too-early'],
  ])('refuse $name = %s: %s', (column, text, fault) => {
    expect(readEntries([column], { [column.name]: text }).faults).toEqual({ [column.name]: fault });
  });

  test('take any text for an open category, and know that no training row had it', () => {
    const open = { ...colour, open: true };
    expect(readEntries([open], { colour: ' pink ' })).toEqual({ row: { colour: 'pink' }, faults: {} });
    expect(['pink', ' red ', ''].map((text) => isUnseen(open, text))).toEqual([true, false, false]);
  });

  test('are a row when nothing at all is given: that is a question too', () => {
    expect(readEntries(columns, {})).toEqual({ row: {}, faults: {} });
  });

  test('ask for a required column', () => {
    expect(readEntries([rooms, { ...colour, required: true }], { rooms: '1' })).toEqual({
      faults: { colour: 'empty' },
    });
  });

  test.each([
    [{ ...weight, minimum: 0, maximum: 10 }, 0.1],
    [{ ...weight, minimum: 0, maximum: 0.5 }, 0.001],
    [{ ...weight, ...unlimited, seen: { minimum: 1.5, maximum: 4 } }, 0.01],
    [{ ...weight, ...unlimited, seen: { minimum: 3, maximum: 3 } }, 0.01],
    [{ ...weight, ...unlimited, seen: { minimum: 18, maximum: 77 } }, 1],
    [{ ...weight, ...unlimited, seen: { minimum: 0, maximum: 1 } }, 0.01],
    [{ ...weight, ...unlimited, seen: { minimum: 0, maximum: 9000 } }, 10],
    [rooms, 1],
  ])('have sliders with at least a hundred places, or one per whole number', (column, step) => {
    expect(stepOf(column)).toBeCloseTo(step, 12);
  });
});
