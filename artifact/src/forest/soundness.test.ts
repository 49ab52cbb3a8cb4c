import { tinyForest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import type { Forest } from './forest.ts';
import { assertSound } from './soundness.ts';

const changed = (change: (forest: Forest) => void): Forest => {
  const forest = tinyForest();
  change(forest);
  return forest;
};

test('a sound forest passes', () => {
  expect(() => assertSound(tinyForest(), 2)).not.toThrow();
});

test.each<[string, (forest: Forest) => void, string]>([
  [
    'a feature that does not exist',
    (f) => f.feature.set([2], 0),
    'bounds check: node 0 splits on feature 2 of 2',
  ],
  ['a negative feature', (f) => f.feature.set([-2], 0), 'bounds check: node 0 splits on feature -2'],
  ['a child in another tree', (f) => f.left.set([4], 0), 'bounds check: node 0 has child 4'],
  ['a negative child', (f) => f.left.set([-5], 0), 'bounds check: node 0 has child -5'],
  ['a node that is its own child', (f) => f.left.set([0], 0), 'cycle check: node 0'],
  ['a child with two parents', (f) => f.left.set([2], 0), 'cycle check: node 2'],
  ['a NaN threshold', (f) => f.threshold.set([Number.NaN], 0), 'finite check: node 0'],
  ['an infinite leaf', (f) => f.value.set([Infinity], 1), 'finite check: node 1'],
  ['a negative cover', (f) => f.cover.set([-1], 1), 'finite check: node 1'],
  [
    'no side for missing values',
    (f) => f.missingLeft.set([2], 0),
    'bounds check: node 0 sends missing values to side 2',
  ],
  ['a tree that starts outside', (f) => f.roots.set([9], 1), 'bounds check: tree 1 starts at node 9'],
  ['trees out of order', (f) => f.roots.set([0], 1), 'bounds check: tree 1 starts at node 0'],
  ['a node that no tree reaches', (f) => f.feature.set([-1], 3), 'bounds check: node 4 has no parent'],
])('%s is refused', (_name, change, reason) => {
  expect(() => assertSound(changed(change), 2)).toThrow(reason);
});

test('arrays of different lengths are refused', () => {
  expect(() => assertSound({ ...tinyForest(), cover: new Float64Array(5) }, 2)).toThrow(
    '"cover" has 5 entries for 6 nodes',
  );
});

test('a forest without a tree is refused', () => {
  expect(() => assertSound({ ...tinyForest(), roots: new Int32Array(0) }, 2)).toThrow('there is no tree');
});

test('a tree of more than 1024 levels is refused', () => {
  const inner = 2000;
  const chain: Forest = {
    roots: Int32Array.of(0),
    feature: Int32Array.from({ length: 2 * inner + 1 }, (_, i) => (i % 2 === 0 && i < 2 * inner ? 0 : -1)),
    threshold: new Float64Array(2 * inner + 1),
    left: Int32Array.from({ length: 2 * inner + 1 }, (_, i) => (i % 2 === 0 && i < 2 * inner ? i + 1 : -1)),
    right: Int32Array.from({ length: 2 * inner + 1 }, (_, i) => (i % 2 === 0 && i < 2 * inner ? i + 2 : -1)),
    value: new Float64Array(2 * inner + 1),
    cover: new Float64Array(2 * inner + 1),
    missingLeft: new Uint8Array(2 * inner + 1),
  };
  expect(() => assertSound(chain, 1)).toThrow('size check: node 2049 is more than 1024 levels deep');
});
