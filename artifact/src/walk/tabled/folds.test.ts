import { expect, test } from 'vitest';
import type { Fold } from './fold.ts';
import { keepFolds } from './folds.ts';

const foldOf = (entries: number): Fold[] => {
  const none = new Int32Array(0);
  const tables = {
    ...{ starts: none, first: none, second: none, strides: none },
    entries: new Float64Array(entries),
  };
  return [{ tables, chosen: none, count: 0 }];
};

/** Asks so often, and tells how many of the answers were folds. */
const ask = (folds: ReturnType<typeof keepFolds>, given: number, times: number): number =>
  Array.from({ length: times }, () => folds(given)).filter((found) => found !== undefined).length;

test('columns are folded once, and only when they come often', () => {
  let made = 0;
  const folds = keepFolds(() => {
    made++;
    return foldOf(10);
  });
  expect(ask(folds, 5, 63)).toBe(0);
  expect(ask(folds, 6, 63)).toBe(0);
  expect(ask(folds, 5, 100)).toBe(100);
  expect(made).toBe(1);
});

test('columns whose trees cannot be folded are tried once', () => {
  let tried = 0;
  const folds = keepFolds(() => {
    tried++;
    return undefined;
  });
  expect(ask(folds, 1, 1000)).toBe(0);
  expect(tried).toBe(1);
});

test('folds are given up when they become too many, and come back', () => {
  let made = 0;
  const folds = keepFolds(() => {
    made++;
    return foldOf(1 << 14);
  });
  for (let given = 0; given < 5; given++) ask(folds, given, 64);
  expect(made).toBe(5);
  expect(ask(folds, 4, 10)).toBe(10);
  expect(ask(folds, 0, 64)).toBe(1);
  expect(made).toBe(6);
});
