import type { Column } from '@hearth/artifact';
import { expect, test } from 'vitest';
import { stepsTo } from './steps.ts';

const columns = ['age', 'sex', 'pain'].map((name) => ({ name, required: false }) as Column);

test('each step adds one column, in the order of the columns', () => {
  expect(stepsTo({ pain: 'none', age: 54 }, columns)).toEqual([
    { row: {} },
    { name: 'age', row: { age: 54 } },
    { name: 'pain', row: { age: 54, pain: 'none' } },
  ]);
});

test('a required column is in every step', () => {
  const strict = columns.map((column) => ({ ...column, required: column.name === 'sex' }));
  expect(stepsTo({ age: 54, sex: 'male' }, strict)).toEqual([
    { row: { sex: 'male' } },
    { name: 'age', row: { sex: 'male', age: 54 } },
  ]);
});
