import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { mostFolds, splitFold, splitRows, stratifiedFolds } from './folds.ts';

test('the rows of a fold are the test rows, all others the training rows', () => {
  const fold = Uint8Array.of(0, 1, 0, 2);
  expect(splitFold(fold, 0)).toEqual({ train: Int32Array.of(1, 3), test: Int32Array.of(0, 2) });
  expect(splitFold(fold, 2)).toEqual({ train: Int32Array.of(0, 1, 2), test: Int32Array.of(3) });
});

test('all folds have the same size: the second class continues in the fold after the last of the first', () => {
  const target = Uint8Array.of(0, 0, 0, 1, 1, 1);
  const fold = stratifiedFolds(target, 2, 1);
  expect(fold.filter((k) => k === 0)).toHaveLength(3);
  expect(fold.filter((k) => k === 1)).toHaveLength(3);
});

test('rows are assigned at random', () => {
  const target = new Uint8Array(100);
  const inOrder = Uint8Array.from(target, (_, i) => i % 5);
  expect(stratifiedFolds(target, 5, 1)).not.toEqual(inOrder);
});

test('assignment starts at fold 0, with the rows of class 0', () => {
  const fold = stratifiedFolds(Uint8Array.of(0, 1, 0, 0), 10, 1);
  expect([fold[0], fold[2], fold[3]].sort()).toEqual([0, 1, 2]);
  expect(fold[1]).toBe(3);
});

test('the maximum number of folds is the largest byte', () => {
  const [largestByte] = Uint8Array.of(-1);
  expect(mostFolds).toBe(largestByte);
  expect(new Set(stratifiedFolds(new Uint8Array(mostFolds), mostFolds, 1)).size).toBe(mostFolds);
});

/** 300 rows in 60 groups of 1 to 9, a third of them of class 1; and the day of each. */
function madeUp() {
  const random = createRandom(3);
  const groups = Int32Array.from({ length: 300 }, () => Math.floor(60 * random.uniform() ** 2));
  const labels = Uint8Array.from(groups, (group) => Number((group * 7) % 3 === 0));
  const times = Float64Array.from(groups, () => random.below(40));
  return { rows: Int32Array.from(groups.keys()), labels, groups, times };
}

test('a group is never split over folds, and each fold gets its share of the classes', () => {
  const { rows, labels, groups } = madeUp();
  const splits = splitRows({ rows, labels, sampling: { groups } }, 5, 1);
  const share = (some: Int32Array) => some.reduce((sum, row) => sum + labels[row], 0) / some.length;
  expect(splits).toHaveLength(5);
  expect(splits.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([...rows]);
  for (const { train, test } of splits) {
    const trained = new Set(train.map((row) => groups[row]));
    expect(test.some((row) => trained.has(groups[row]))).toBe(false);
    expect(train.length + test.length).toBe(300);
    expect(Math.abs(test.length - 60)).toBeLessThan(20);
    expect(Math.abs(share(test) - share(rows))).toBeLessThan(0.1);
  }
  expect(splitRows({ rows, labels, sampling: { groups } }, 5, 2)).not.toEqual(splits);
});

test('in the order of time, no row is tested by a model of the same or a later time', () => {
  const { rows, labels, times } = madeUp();
  const splits = splitRows({ rows, labels, sampling: { times } }, 5, 1);
  expect(splits).toHaveLength(5);
  const extreme = (some: Int32Array, pick: (...values: number[]) => number) =>
    pick(...Array.from(some, (row) => times[row]));
  for (const [i, { train, test }] of splits.entries()) {
    expect(extreme(train, Math.max)).toBeLessThan(extreme(test, Math.min));
    if (i > 0) expect(extreme(test, Math.min)).toBeGreaterThan(extreme(splits[i - 1].test, Math.max));
  }
  const tested = splits.flatMap(({ test }) => [...test]);
  expect(new Set(tested).size).toBe(tested.length);
  expect(splits[0].train.length + tested.length).toBe(300);
  expect(splits[0].train.length).toBeGreaterThanOrEqual(90);
});

test('in the order of time, groups are not split either', () => {
  const { rows, labels, groups, times } = madeUp();
  for (const { train, test } of splitRows({ rows, labels, sampling: { groups, times } }, 5, 1)) {
    const tested = new Set(test.map((row) => groups[row]));
    expect(train.some((row) => tested.has(groups[row]))).toBe(false);
    expect(Math.max(...train.map((row) => times[row]))).toBeLessThan(
      Math.min(...test.map((row) => times[row])),
    );
  }
});

test('rows of one time only are split at random', () => {
  const { rows, labels } = madeUp();
  const times = new Float64Array(300);
  expect(splitRows({ rows, labels, sampling: { times } }, 5, 1)).toEqual(splitRows({ rows, labels }, 5, 1));
});
