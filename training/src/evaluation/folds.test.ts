import { expect, test } from 'vitest';
import { mostFolds, splitFold, stratifiedFolds } from './folds.ts';

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
