import { expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { labelsOf, mostFolds, splitFold, splitRows, stratifiedFolds } from './folds.ts';

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

/** The rows of each split. */
const rowsOf = (splits: ReturnType<typeof splitRows>) =>
  splits.map(({ train, test }) => [[...train], [...test]]);

test('the largest group comes first, and each goes where there is the least of its classes', () => {
  // 4, 3, 2 and 1 rows of one class
  const groups = Int32Array.of(7, 3, 3, 9, 9, 9, 5, 5, 5, 5);
  const split = (labels: Uint8Array) => {
    const rows = Int32Array.from(groups.keys());
    return splitRows({ rows, labels, sampling: { groups } }, 2, 1).map(({ test }) => [...test]);
  };
  expect(split(new Uint8Array(10))).toEqual([
    [0, 6, 7, 8, 9],
    [1, 2, 3, 4, 5],
  ]);
  // the groups of 3 and of 1 have class 1: the third largest goes to the fold with none of class 0
  expect(split(Uint8Array.of(1, 0, 0, 1, 1, 1, 0, 0, 0, 0))).toEqual([
    [0, 6, 7, 8, 9],
    [1, 2, 3, 4, 5],
  ]);
  // the largest group is the only one of class 1: its rows do not keep those of class 0 from its fold
  expect(split(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1, 1, 1))).toEqual([
    [0, 1, 2, 6, 7, 8, 9],
    [3, 4, 5],
  ]);
});

test.each([
  ['of one class, the first 30 % are only trained on', 20, 1, 6],
  ['of two classes, the first block has five rows of each', 20, 2, 10],
  ['the first block ends where both hold', 40, 2, 12],
])('in the order of time, %s', (_, count, classes, first) => {
  const rows = Int32Array.from({ length: count }, (_, i) => i);
  const labels = Uint8Array.from(rows, (i) => i % classes);
  // the last row is the earliest
  const times = Float64Array.from(rows, (i) => -i);
  const half = first + (count - first) / 2;
  const latest = [...rows].reverse();
  const ascending = (some: number[]) => some.sort((a, b) => a - b);
  expect(rowsOf(splitRows({ rows, labels, sampling: { times } }, 2, 1))).toEqual([
    [ascending(latest.slice(0, first)), ascending(latest.slice(first, half))],
    [ascending(latest.slice(0, half)), ascending(latest.slice(half))],
  ]);
});

test('rows of one time are in one block, and few times give few splits', () => {
  const times = Float64Array.of(1, 1, 1, 1, 1, 1, 2, 2, 3, 3);
  const rows = Int32Array.from(times.keys());
  const splits = splitRows({ rows, labels: new Uint8Array(10), sampling: { times } }, 5, 1);
  expect(rowsOf(splits)).toEqual([
    [
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6, 7],
      [8, 9],
    ],
  ]);
});

/** So many rows of one class. */
const many = (count: number, label: number) => Array<number>(count).fill(label);

test.each([
  ['few of its class count, not few rows', [many(5, 0), many(4, 1), many(2, 1)], [0, 2]],
  [
    'the fold with fewer rows of other classes is no better',
    [many(6, 0), many(5, 1), many(4, 2), many(2, 0)],
    [0],
  ],
  ['a class that no row has does not count', [many(3, 0), many(2, 2), many(1, 0)], [0]],
  ['a rare class weighs more', [many(6, 0), many(3, 1), [0, 1]], [0, 2]],
  ['but a large share of a frequent one as well', [many(12, 0), many(5, 1), [0, 0, 0, 1]], [0]],
])('of groups in two folds: %s', (_, members, first) => {
  const labels = Uint8Array.from(members.flat());
  const groups = Int32Array.from(members.flatMap((rows, group) => rows.map(() => group)));
  const rows = Int32Array.from(groups.keys());
  const [{ test }] = splitRows({ rows, labels, sampling: { groups } }, 2, 1);
  expect([...new Set(test.map((row) => groups[row]))]).toEqual(first);
});

test('two times give one split', () => {
  const times = Float64Array.of(1, 2, 1, 1, 2, 1, 1);
  const rows = Int32Array.from(times.keys());
  const splits = splitRows({ rows, labels: new Uint8Array(7), sampling: { times } }, 5, 1);
  expect(rowsOf(splits)).toEqual([
    [
      [0, 2, 3, 5, 6],
      [1, 4],
    ],
  ]);
});

test('the rows of one time are in the block of their middle', () => {
  const times = Float64Array.from([...many(5, 0), ...many(2, 1), ...many(5, 2), ...many(1, 3)]);
  const rows = Int32Array.from(times.keys());
  const splits = splitRows({ rows, labels: new Uint8Array(13), sampling: { times } }, 2, 1);
  expect(rowsOf(splits)).toEqual([
    [
      [0, 1, 2, 3, 4],
      [5, 6],
    ],
    [
      [0, 1, 2, 3, 4, 5, 6],
      [7, 8, 9, 10, 11, 12],
    ],
  ]);
});

test('rows with fewer than five of a class are split at random, whatever their times', () => {
  const rows = Int32Array.of(0, 1, 2, 3);
  const labels = new Uint8Array(4);
  const times = Float64Array.of(1, 2, 3, 4);
  expect(splitRows({ rows, labels, sampling: { times } }, 2, 1)).toEqual(splitRows({ rows, labels }, 2, 1));
});

test('a split has rows to train and to test', () => {
  const two = { rows: Int32Array.of(0, 1), labels: new Uint8Array(2) };
  expect(rowsOf(splitRows(two, 3, 1)).sort()).toEqual([
    [[0], [1]],
    [[1], [0]],
  ]);
  expect(splitRows({ ...two, sampling: { groups: new Int32Array(2) } }, 3, 1)).toEqual([]);
});

test('the labels are the classes of the target, all 0 if it has none', () => {
  const target = [2, 0, 1];
  expect(labelsOf({ hasClasses: true, target })).toEqual(Uint8Array.of(2, 0, 1));
  expect(labelsOf({ hasClasses: false, classes: ['a', 'b', 'c'], target })).toEqual(Uint8Array.of(2, 0, 1));
  expect(labelsOf({ hasClasses: false, target })).toEqual(new Uint8Array(3));
});

test('the rows of a part of the table are split by their own labels, groups and times', () => {
  const rows = Int32Array.of(2, 4, 6, 8);
  const groups = Int32Array.of(0, 0, 1, 0, 1, 0, 2, 0, 2);
  const splits = splitRows({ rows, labels: new Uint8Array(9), sampling: { groups } }, 2, 1);
  expect(splits.map(({ test }) => [...test]).sort()).toEqual([
    [2, 4],
    [6, 8],
  ]);
});
