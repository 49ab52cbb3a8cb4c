import { expect, test } from 'vitest';
import { cacheTables } from './table-cache.ts';
import type { TabledForest } from './tabled-forest.ts';

const tabledOf = (entries: number): TabledForest[] => {
  const none = new Int32Array(0);
  const tables = {
    ...{ starts: none, first: none, second: none, strides: none },
    entries: new Float64Array(entries),
  };
  return [{ tables, chosen: none, count: 0 }];
};

/** Looks up this many times and counts how often tables were found. */
const countFound = (tabled: ReturnType<typeof cacheTables>, given: number, times: number): number =>
  Array.from({ length: times }, () => tabled(given)).filter((found) => found !== undefined).length;

test('tables of a set of columns are built once, at its 64th row', () => {
  let made = 0;
  const tabled = cacheTables(() => {
    made++;
    return tabledOf(10);
  });
  expect(countFound(tabled, 5, 63)).toBe(0);
  expect(countFound(tabled, 6, 63)).toBe(0);
  expect(countFound(tabled, 5, 100)).toBe(100);
  expect(made).toBe(1);
});

test('a set of columns that cannot be tabulated is tried once', () => {
  let tried = 0;
  const tabled = cacheTables(() => {
    tried++;
    return undefined;
  });
  expect(countFound(tabled, 1, 1000)).toBe(0);
  expect(tried).toBe(1);
});

test('the cache is emptied when it grows too large, and fills again', () => {
  let made = 0;
  const tabled = cacheTables(() => {
    made++;
    return tabledOf(1 << 14);
  });
  for (let given = 0; given < 5; given++) countFound(tabled, given, 64);
  expect(made).toBe(5);
  expect(countFound(tabled, 4, 10)).toBe(10);
  expect(countFound(tabled, 0, 64)).toBe(1);
  expect(made).toBe(6);
});
