import { tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import type { Forest, Trees } from '../forest/forest.ts';
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

test('trees whose answers are probabilities, 0 and 1 included, pass', () => {
  expect(() => check(() => {})).not.toThrow();
  expect(() => check((_, forest) => forest.value.set([0, 0, 1, 0, 0, 1]))).not.toThrow();
});

test('a thousand trees that all add 1 answer exactly 1, without rounding errors above it', () => {
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
  ['an answer above 1', (_, f) => f.value.set([1.3], 2), 'a probability is from 0 to 1'],
  ['an answer below 0', (_, f) => f.value.set([-0.7], 1), 'a probability is from 0 to 1'],
  ['a negative divisor', (m) => Object.assign(m.answer, { divisor: -2 }), 'a probability is from 0 to 1'],
  ['leaves whose differences overflow', (_, f) => f.value.set([-1e308, 1e308], 1), 'is not finite'],
  ['leaves that overflow', (_, f) => f.value.set([1e308, 1e308, 0, 1e308, 1e308], 1), 'is not finite'],
])('%s is refused', (_name, change, reason) => {
  expect(() => check(change)).toThrow(reason);
  expect(() => check(change)).toThrow(/^range check: /);
});

test('the answer of a numeric target can be any finite number', () => {
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

test('an infinite interval is refused', () => {
  const logit = (manifest: Manifest) => Object.assign(manifest.answer, { link: 'logit' });
  expect(() => check(logit, () => {})).not.toThrow();
  expect(() => check(logit, (trees) => trees.value.set([400], 1))).toThrow('an infinite interval');
});

test('the interval of a value whose logarithm is the score has finite ends', () => {
  const ofLog = (manifest: Manifest) =>
    Object.assign(manifest, {
      target: { name: 'cost', type: 'numeric' },
      answer: { ...manifest.answer, link: 'log' },
    });
  expect(() => check(ofLog, (spread) => spread.value.set([0, 0.2, 0.6, 0, 0.4, 0.8]))).not.toThrow();
  // the spread and its square are finite, and the exponential of the upper end is not
  expect(() => check(ofLog, (spread) => spread.value.set([0, 8, 0, 0, 0, 0]))).toThrow(
    'range check: the leaves of the spread allow an infinite interval',
  );
});

test('linear terms can be of a column without limits, unless their exponential is the answer', () => {
  const manifest = (link: 'identity' | 'log', maximum?: number): Manifest => {
    const made = tinyManifest();
    Object.assign(made, { target: { name: 'visits', type: 'numeric' }, features: [{ column: 'age' }] });
    Object.assign(made.columns[0], { minimum: undefined, maximum });
    Object.assign(made.answer, { link });
    return made;
  };
  const zero = Float64Array.of(0);
  const trees: Trees = {
    forest: { ...tinyForest(), roots: new Int32Array() },
    linear: { coefficient: Float64Array.of(0.1), missing: zero, mean: zero },
  };
  expect(() => assertAnswers(manifest('identity'), trees)).not.toThrow();
  expect(() => assertAnswers(manifest('log', 100), trees)).not.toThrow();
  expect(() => assertAnswers(manifest('log'), trees)).toThrow(
    'range check: an answer is not finite everywhere within the limits of the columns; columns of linear terms need narrower ones',
  );
});
