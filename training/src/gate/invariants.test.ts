import { createModel, type Model } from '@hearth/artifact';
import { tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { brokenInvariants } from './invariants.ts';

const tiny = (change: (model: Model) => Partial<Model> = () => ({})): Model => {
  const model = createModel(tinyManifest(), { forest: tinyForest() }, '1-aaaaaaa');
  return { ...model, ...change(model) };
};

test('a sound model breaks nothing', () => {
  expect(brokenInvariants(tiny())).toEqual([]);
});

test.each<[string, Model['predict']]>([
  ['a chance above one', () => ({ answer: 1.2 })],
  ['no number', () => ({ answer: Number.NaN })],
  ['an interval upside down', () => ({ answer: 0.5, interval: { low: 0.6, high: 0.4 } })],
  ['an answer outside its interval', () => ({ answer: 0.5, interval: { low: 0.6, high: 0.9 } })],
  ['an interval that leaves the chances', () => ({ answer: 0.5, interval: { low: -0.1, high: 0.9 } })],
])('%s is found', (_name, predict) => {
  expect(brokenInvariants(tiny(() => ({ predict })))).toEqual([
    expect.stringContaining('2000 of 2000 random rows are not answered by a chance from 0 to 1'),
  ]);
});

test('a column that was declared monotone is held to it', () => {
  const declared = (monotone: 'increasing' | 'decreasing') =>
    tiny(({ manifest }) => ({
      manifest: {
        ...manifest,
        columns: manifest.columns.map((column) =>
          column.name === 'age' ? { ...column, monotone } : column,
        ) as typeof manifest.columns,
      },
    }));
  expect(brokenInvariants(declared('increasing'))).toEqual([]);
  expect(brokenInvariants(declared('decreasing'))).toEqual([
    'the answer is not decreasing in "age", as the data package declares',
  ]);
});

test('a direction is asked of values only, not of a number that stands for one that is not known', () => {
  const manifest = tinyManifest();
  // the trees answer what is not known as they answer the old
  Object.assign(manifest.columns[0], { monotone: 'increasing', missingCodes: ['5'] });
  const model = createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa');
  expect(model.predict({ age: 5 }).answer).toBeGreaterThan(model.predict({ age: 10 }).answer);
  expect(brokenInvariants(model)).toEqual([]);
});

test('an answer that takes too long is found', () => {
  const busy = tiny(({ predict }) => ({
    predict: (row) => {
      const until = performance.now() + 0.3;
      while (performance.now() < until);
      return predict(row);
    },
  }));
  expect(brokenInvariants(busy)).toEqual([expect.stringMatching(/^an answer takes \d+ µs; at most 100 µs$/)]);
});

test('what is too large or cannot be shown is found', () => {
  const model = tiny(({ manifest }) => ({
    manifest: {
      ...manifest,
      files: { 'forest.safetensors': { sha256: '0'.repeat(64), bytes: 1 << 30 } },
      columns: manifest.columns.map((column) =>
        column.name === 'sex' ? { ...column, label: { en: 'Sex', 'pt-BR': ' ' } } : column,
      ),
    },
  }));
  expect(brokenInvariants(model)).toEqual([
    'its files have 1073741824 bytes; at most 16777216',
    'the column "sex" has no label in some language',
  ]);
});
