import { expect, test } from 'vitest';
import { keepTables } from './kept-tables.ts';
import type { TabledForest } from './tabled-forest.ts';

const tabledOf = (entries: number): TabledForest[] => {
  const none = new Int32Array(0);
  const tables = {
    ...{ starts: none, first: none, second: none, strides: none },
    entries: new Float64Array(entries),
  };
  return [{ tables, chosen: none, count: 0 }];
};

/** Asks so often, and tells how many of the answers were tables. */
const ask = (tabled: ReturnType<typeof keepTables>, given: number, times: number): number =>
  Array.from({ length: times }, () => tabled(given)).filter((found) => found !== undefined).length;

test('columns are tabulated once, and only when they come often', () => {
  let made = 0;
  const tabled = keepTables(() => {
    made++;
    return tabledOf(10);
  });
  expect(ask(tabled, 5, 63)).toBe(0);
  expect(ask(tabled, 6, 63)).toBe(0);
  expect(ask(tabled, 5, 100)).toBe(100);
  expect(made).toBe(1);
});

test('columns whose trees cannot be tabulated are tried once', () => {
  let tried = 0;
  const tabled = keepTables(() => {
    tried++;
    return undefined;
  });
  expect(ask(tabled, 1, 1000)).toBe(0);
  expect(tried).toBe(1);
});

test('tables are given up when they become too many, and come back', () => {
  let made = 0;
  const tabled = keepTables(() => {
    made++;
    return tabledOf(1 << 14);
  });
  for (let given = 0; given < 5; given++) ask(tabled, given, 64);
  expect(made).toBe(5);
  expect(ask(tabled, 4, 10)).toBe(10);
  expect(ask(tabled, 0, 64)).toBe(1);
  expect(made).toBe(6);
});
