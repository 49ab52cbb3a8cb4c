import { tinyAnswer, tinyArtifactWithInterval, tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { linked } from './answer/link.ts';
import { createModel } from './checks.ts';
import { adoptModel, describeModel } from './model.ts';

const model = () => createModel(tinyManifest(), { forest: tinyForest() }, '1-aaaaaaa');

test('a model answers by its trees; absent columns are missing', () => {
  expect(model().predict({ age: 40, sex: 'male' }).answer).toBe(tinyAnswer([40, 1]));
  expect(model().predict({ age: 40 }).answer).toBe(tinyAnswer([40, Number.NaN]));
  expect(model().predict({}).answer).toBe(tinyAnswer([Number.NaN, Number.NaN]));
});

test('a logit link turns the sum into a probability', () => {
  expect(linked({ base: 1, divisor: 2, link: 'logit' }, 3)).toBeCloseTo(1 / (1 + Math.exp(-2)), 15);
});

test('a value outside the range of the training rows carries a warning', () => {
  expect(model().warnings({ age: 80 }, '')).toEqual([
    { pointer: '/age', detail: 'is outside the range of the training rows, 29 to 77' },
  ]);
  expect(model().warnings({ age: 77, sex: 'male' }, '')).toEqual([]);
});

/** The tiny model with codes of missing values, and a category that no training row has. */
function codedModel() {
  const manifest = tinyManifest();
  const [age, sex] = manifest.columns;
  age.missingCodes = ['41', 'NR'];
  sex.missingCodes = ['9'];
  Object.assign(sex, { unseen: ['male'] });
  return createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa');
}

test('a code of a missing value has the same answer, warnings and explanation as an absent column', () => {
  for (const row of [{ age: 41, sex: '9' }, { age: 'NR' }, { age: null }]) {
    expect(codedModel().predict(row)).toEqual(codedModel().predict({}));
    expect(codedModel().explain(row)).toEqual(codedModel().explain({}));
    expect(codedModel().warnings(row, '')).toEqual([]);
  }
  expect(codedModel().predict({ age: 42 })).not.toEqual(codedModel().predict({}));
});

test('a category that no training row has carries a warning', () => {
  expect(codedModel().warnings({ sex: 'male' }, '/3')).toEqual([
    { pointer: '/3/sex', detail: 'is a category that no training row has' },
  ]);
  expect(codedModel().warnings({ sex: 'female' }, '')).toEqual([]);
  expect(model().warnings({ sex: 'male' }, '')).toEqual([]);
});

test('a column that no tree uses is accepted with a warning', () => {
  expect(model().warnings({ weight: 70 }, '/0')).toEqual([
    { pointer: '/0/weight', detail: 'is not used by this model' },
  ]);
});

test('warnings are in the order of the columns', () => {
  const pointers = model()
    .warnings({ weight: 70, age: 80 }, '')
    .map(({ pointer }) => pointer);
  expect(pointers).toEqual(['/age', '/weight']);
});

test('a model whose answer to a golden row differs is refused', () => {
  const manifest = tinyManifest();
  manifest.golden[1].answer += 1e-9;
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(
    'golden check: golden row 1 answers',
  );
});

test('a model with an invalid golden row is refused', () => {
  const manifest = tinyManifest();
  manifest.golden[1].row = { age: 40.5 };
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(
    'golden row 1: /age is not a whole number',
  );
});

test.each([
  [{ column: 'height' }, 'the column "height", which does not exist'],
  [{ column: 'age', equals: 'old' }, 'the column "age" does not match a column of type integer'],
  [{ column: 'sex' }, 'the column "sex" does not match a column of type category'],
  [{ column: 'sex', equals: 'other' }, 'the column "sex" names a category that the column does not have'],
])('a model with the feature %j is refused', (feature, reason) => {
  const manifest = tinyManifest();
  manifest.features[0] = feature;
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(reason);
});

test('the description of a model has nothing about single rows', () => {
  const described = describeModel(model(), '2026-01-01T00:00:00Z');
  expect(described.columns.map(({ name, used }) => [name, used])).toEqual([
    ['age', true],
    ['sex', true],
    ['weight', false],
  ]);
  expect(Object.keys(described)).not.toContain('golden');
  expect(described.evaluation).not.toHaveProperty('outOfFold');
  expect(described).toMatchObject({ version: '1-aaaaaaa', published: '2026-01-01T00:00:00Z' });
});

test('a version from before intervals were widened to the answer can still be read', () => {
  const trees = { forest: tinyForest(), spread: tinyForest() };
  const manifest = {
    ...tinyArtifactWithInterval().manifest,
    // a probability so high and a spread so wide that both quantiles lie above the mean
    answer: { base: 0.55, divisor: 2, link: 'identity' },
    interval: { level: 0.9, method: 'by hand', base: 3, divisor: 1 },
  } as const;
  const row = { age: 60, sex: 'male' };
  const { answer, interval = { low: 0, high: 0 } } = adoptModel(
    { ...manifest, golden: [] },
    trees,
    {},
    '1-aaaaaaa',
  ).predict(row);
  expect(interval.low).toBe(answer);

  const load = (low: number) =>
    createModel(
      { ...manifest, golden: [{ row, answer, interval: { ...interval, low } }] },
      trees,
      '1-aaaaaaa',
    );
  expect(() => load(0.9999)).not.toThrow();
  expect(() => load(answer - 1e-9)).toThrow('golden row 0');
});
