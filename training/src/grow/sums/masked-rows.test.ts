import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { binTable, type GrowColumn } from '../bins.ts';
import { maskRows } from './masked-rows.ts';

const column = (always: boolean): GrowColumn => ({
  kind: 'numeric',
  values: Float64Array.from({ length: 50 }, (_, row) => row),
  always,
});

/** Whether each column is missing in some copy, and in every one. */
function hidden(...always: boolean[]) {
  const { table, redraw } = maskRows(binTable(always.map(column)), Int32Array.from(Array(50).keys()), {
    copies: 3,
  });
  redraw(createRandom(1));
  return table.columns.map(({ bins, size }) => bins.includes(size));
}

test('copies of rows have columns hidden, but never a required one', () => {
  expect(hidden(false, true, false)).toEqual([true, false, true]);
  expect(hidden(false, true)).toEqual([true, false]);
  expect(hidden(true, true)).toEqual([false, false]);
});
