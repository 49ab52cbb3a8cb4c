import { tinyAnswer, tinyArtifactWithInterval, tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { linked } from './answer/link.ts';
import { createModel } from './checks.ts';
import { adoptModel, describeModel } from './model.ts';

const model = () => createModel(tinyManifest(), { forest: tinyForest() }, '1-aaaaaaa');

test('a model answers by its trees, with what is not given left out', () => {
  expect(model().predict({ age: 40, sex: 'male' }).answer).toBe(tinyAnswer([40, 1]));
  expect(model().predict({ age: 40 }).answer).toBe(tinyAnswer([40, Number.NaN]));
  expect(model().predict({}).answer).toBe(tinyAnswer([Number.NaN, Number.NaN]));
});

test('a logit link turns the sum into a chance', () => {
  expect(linked({ base: 1, divisor: 2, link: 'logit' }, 3)).toBeCloseTo(1 / (1 + Math.exp(-2)), 15);
});

test('a value outside the range of the training rows carries a warning', () => {
  expect(model().warnings({ age: 80 }, '')).toEqual([
    { pointer: '/age', detail: 'is outside the range of the training rows, 29 to 77' },
  ]);
  expect(model().warnings({ age: 77, sex: 'male' }, '')).toEqual([]);
});

/** The tiny model, whose column of whole numbers has codes, and in whose training rows nobody was male. */
function codedModel() {
  const manifest = tinyManifest();
  const [age, sex] = manifest.columns;
  age.missingCodes = ['41', 'NR'];
  sex.missingCodes = ['9'];
  Object.assign(sex, { unseen: ['male'] });
  return createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa');
}

test('a code of a value that is not known is answered, warned about and explained as if it were not given', () => {
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

test('a column that no tree looks at is taken, and said to be ignored', () => {
  expect(model().warnings({ weight: 70 }, '/0')).toEqual([
    { pointer: '/0/weight', detail: 'is not used by this model' },
  ]);
});

test('warnings come in the order of the columns', () => {
  const pointers = model()
    .warnings({ weight: 70, age: 80 }, '')
    .map(({ pointer }) => pointer);
  expect(pointers).toEqual(['/age', '/weight']);
});

test('a golden row that does not come out refuses the model', () => {
  const manifest = tinyManifest();
  manifest.golden[1].answer += 1e-9;
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(
    'golden check: golden row 1 answers',
  );
});

test('a golden row that no request could send refuses the model', () => {
  const manifest = tinyManifest();
  manifest.golden[1].row = { age: 40.5 };
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(
    'golden row 1: /age is not a whole number',
  );
});

test.each([
  [{ column: 'height' }, 'the column "height", which is not described'],
  [{ column: 'age', equals: 'old' }, 'does not fit the column "age"'],
  [{ column: 'sex' }, 'does not fit the column "sex"'],
  [{ column: 'sex', equals: 'other' }, 'does not fit the column "sex"'],
])('the feature %j refuses the model', (feature, reason) => {
  const manifest = tinyManifest();
  manifest.features[0] = feature;
  expect(() => createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa')).toThrow(reason);
});

test('a model describes itself without anything of single rows', () => {
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

test('a version written before an interval always held its answer is still read', () => {
  const trees = { forest: tinyForest(), spread: tinyForest() };
  const manifest = {
    ...tinyArtifactWithInterval().manifest,
    // so high a chance, and so wide a spread, that the quantiles lie above the mean
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
