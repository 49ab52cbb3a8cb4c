import { tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import type { Forest } from '../forest/forest.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { assertAnswers } from './answer-range.ts';

const check = (
  change: (manifest: Manifest, forest: Forest) => void,
  spread?: (forest: Forest, manifest: Manifest) => void,
) => {
  const manifest = tinyManifest();
  const forest = tinyForest();
  change(manifest, forest);
  if (!spread) return assertAnswers(manifest, { forest });
  manifest.interval = { level: 0.9, method: 'by hand', base: 0, divisor: 1 };
  const trees = tinyForest();
  spread(trees, manifest);
  return assertAnswers(manifest, { forest, spread: trees });
};

test('trees whose every answer is a chance pass, up to 0 and 1 themselves', () => {
  expect(() => check(() => {})).not.toThrow();
  expect(() => check((_, forest) => forest.value.set([0, 0, 1, 0, 0, 1]))).not.toThrow();
});

test('a forest of a thousand trees that all say 1 answers 1, not a little more', () => {
  const trees = 1000;
  const leaf = { left: -1, right: -1, feature: -1 };
  const forest: Forest = {
    roots: Int32Array.from({ length: trees }, (_, i) => i),
    feature: new Int32Array(trees).fill(leaf.feature),
    threshold: new Float64Array(trees),
    left: new Int32Array(trees).fill(leaf.left),
    right: new Int32Array(trees).fill(leaf.right),
    value: new Float64Array(trees).fill(1),
    cover: new Float64Array(trees).fill(1),
    missingLeft: new Uint8Array(trees),
  };
  const manifest = tinyManifest();
  manifest.answer.divisor = trees;
  expect(() => assertAnswers(manifest, { forest })).not.toThrow();
});

test.each<[string, (manifest: Manifest, forest: Forest) => void, string]>([
  ['an answer above 1', (_, f) => f.value.set([1.3], 2), 'which are no chances'],
  ['an answer below 0', (_, f) => f.value.set([-0.7], 1), 'which are no chances'],
  ['a divisor that turns it round', (m) => Object.assign(m.answer, { divisor: -2 }), 'which are no chances'],
  ['leaves without end', (_, f) => f.value.set([1e308, 1e308, 0, 1e308, 1e308], 1), 'more than a number'],
])('%s is refused', (_name, change, reason) => {
  expect(() => check(change)).toThrow(reason);
  expect(() => check(change)).toThrow(/^range check: /);
});

test('a value of a numeric target may be any finite number', () => {
  const numeric = (manifest: Manifest) =>
    Object.assign(manifest, { target: { name: 'cost', type: 'numeric' } });
  expect(() =>
    check((manifest, forest) => {
      numeric(manifest);
      forest.value.set([-900], 1);
    }),
  ).not.toThrow();
  expect(() =>
    check((manifest, forest) => {
      numeric(manifest);
      manifest.answer.divisor = 1e-308;
      forest.value.set([900], 1);
    }),
  ).toThrow('range check');
});

test('an interval that has no end is refused', () => {
  const logit = (manifest: Manifest) => Object.assign(manifest.answer, { link: 'logit' });
  expect(() => check(logit, () => {})).not.toThrow();
  expect(() => check(logit, (trees) => trees.value.set([400], 1))).toThrow('an endless interval');
});
