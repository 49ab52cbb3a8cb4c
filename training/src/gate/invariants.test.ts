import { createModel, type Model, type Row } from '@hearth/artifact';
import { tinyForest, tinyManifest } from '@hearth/artifact/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { brokenInvariants } from './invariants.ts';

const tiny = (change: (model: Model) => Partial<Model> = () => ({})): Model => {
  const model = createModel(tinyManifest(), { forest: tinyForest() }, '1-aaaaaaa');
  return { ...model, ...change(model) };
};

afterEach(() => {
  vi.restoreAllMocks();
});

test('a sound model breaks no invariant', () => {
  expect(brokenInvariants(tiny())).toEqual([]);
});

test.each<[string, Model['predict']]>([
  ['a probability above one', () => ({ answer: 1.2 })],
  ['NaN', () => ({ answer: Number.NaN })],
  ['an interval with its ends swapped', () => ({ answer: 0.5, interval: { low: 0.6, high: 0.4 } })],
  ['an answer below its interval', () => ({ answer: 0.5, interval: { low: 0.6, high: 0.9 } })],
  ['an answer above its interval', () => ({ answer: 0.5, interval: { low: 0.1, high: 0.4 } })],
  [
    'an answer above the interval of its mean',
    () => ({ answer: 0.5, interval: { low: 0.1, high: 0.8 }, mean: { low: 0.1, high: 0.4 } }),
  ],
  ['an interval that extends below 0', () => ({ answer: 0.5, interval: { low: -0.1, high: 0.9 } })],
])('%s is found', (_name, predict) => {
  expect(brokenInvariants(tiny(() => ({ predict })))).toEqual([
    expect.stringContaining('2000 of 2000 random rows do not get a probability from 0 to 1'),
  ]);
});

test('a column that is declared monotone must be monotone', () => {
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
    'the answer is not decreasing in "age", but the data package declares it',
  ]);
});

test('codes for missing values are left out of the test of a monotone column', () => {
  const manifest = tinyManifest();
  // 5 means missing, and the trees send missing values the way of the old
  Object.assign(manifest.columns[0], { monotone: 'increasing', missingCodes: ['5'] });
  const model = createModel(manifest, { forest: tinyForest() }, '1-aaaaaaa');
  expect(model.predict({ age: 5 }).answer).toBeGreaterThan(model.predict({ age: 10 }).answer);
  expect(brokenInvariants(model)).toEqual([]);
});

/** Lets the thread seem to take these times, one after the other, then the last one, for each pass over the rows. */
function taking(...microseconds: number[]): void {
  let [now, calls] = [0, 0];
  vi.spyOn(process, 'threadCpuUsage').mockImplementation(() => {
    if (calls % 2 === 1) now += microseconds[Math.min(calls >> 1, microseconds.length - 1)];
    calls++;
    return { user: now - 5000, system: 5000 };
  });
}

test.each([
  [[200_000], []],
  [[200_001], ['a prediction takes 100 µs; at most 100 µs are accepted']],
  [[440_000], ['a prediction takes 220 µs; at most 100 µs are accepted']],
  [[900_000, 440_000, 500_000], ['a prediction takes 220 µs; at most 100 µs are accepted']],
  [[900_000, 900_000, 900_000, 900_000, 200_000], []],
])('%j µs of processor time for 2000 rows: %j', (microseconds, broken) => {
  taking(...microseconds);
  expect(brokenInvariants(tiny())).toEqual(broken);
});

test.each([
  [600_000, []],
  [600_001, ['a prediction takes 300 µs; at most 300 µs are accepted']],
])('%i µs of processor time for 2000 rows of two classes: %j', (microseconds, broken) => {
  taking(microseconds);
  const model = tiny(({ manifest }) => ({
    predict: () => ({ answer: 0.5, outputs: [0.5, 0.5] }),
    manifest: {
      ...manifest,
      target: { name: 'kind', type: 'classes', classes: [{ value: 'a' }, { value: 'b' }] },
    },
  }));
  expect(brokenInvariants(model)).toEqual(broken);
});

test('a version of a hundred megabytes and a thousand categories breaks no invariant', () => {
  const label = { en: 'x', 'pt-BR': 'x' };
  const model = tiny(({ manifest }) => ({
    predict: () => ({ answer: 0.5 }),
    manifest: {
      ...manifest,
      files: { 'forest.safetensors': { sha256: '0'.repeat(64), bytes: 100e6 } },
      columns: manifest.columns.map((column) =>
        column.type === 'category'
          ? { ...column, categories: Array.from({ length: 1000 }, (_, i) => ({ value: `c${i}`, label })) }
          : column,
      ),
    },
  }));
  expect(brokenInvariants(model)).toEqual([]);
});

test('the random rows cover the allowed ranges, and 30 % of each column are missing', () => {
  const sampled: Row[] = [];
  brokenInvariants(
    tiny(() => ({
      predict: (row) => {
        sampled.push(row);
        return { answer: 0.5 };
      },
    })),
  );
  expect(sampled.slice(2000, 4000)).toEqual(sampled.slice(0, 2000));
  const given = (name: string) => sampled.slice(0, 2000).flatMap((row) => row[name] ?? []);
  for (const name of ['age', 'sex', 'weight']) {
    expect(given(name).length / 2000).toBeGreaterThan(0.685);
    expect(given(name).length / 2000).toBeLessThan(0.715);
  }
  const ages = given('age') as number[];
  expect(new Set(ages)).toEqual(new Set(Array.from({ length: 101 }, (_, i) => i)));
  const weights = given('weight') as number[];
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...weights)).toBeLessThan(5);
  expect(Math.max(...weights)).toBeGreaterThan(495);
  expect(Math.max(...weights)).toBeLessThanOrEqual(500);
  expect(weights.some((weight) => !Number.isInteger(weight))).toBe(true);
  expect(new Set(given('sex'))).toEqual(new Set(['female', 'male']));
});

test.each([
  [0, []],
  [1, []],
  [-1e-12, [expect.stringContaining('2000 of 2000')]],
  [1 + 1e-12, [expect.stringContaining('2000 of 2000')]],
])('a probability of %d: %j', (answer, broken) => {
  expect(brokenInvariants(tiny(() => ({ predict: () => ({ answer }) })))).toEqual(broken);
});

test('an interval may be a point, and its ends must be numbers within the range', () => {
  const interval = (low: number, high: number) =>
    brokenInvariants(tiny(() => ({ predict: () => ({ answer: 0.5, interval: { low, high } }) })));
  expect(interval(0.5, 0.5)).toEqual([]);
  expect(interval(0, 1)).toEqual([]);
  for (const [low, high] of [
    [Number.NaN, 0.6],
    [0.4, Number.NaN],
    [0.4, 1.1],
  ])
    expect(interval(low, high)).toHaveLength(1);
});

test('the rows at fault are counted', () => {
  const predict: Model['predict'] = ({ age }) => ({ answer: age === 42 ? 2 : 0.5 });
  const [fault] = brokenInvariants(tiny(() => ({ predict })));
  expect(fault).toMatch(
    /^\d\d? of 2000 random rows do not get a probability from 0 to 1 within its interval$/,
  );
});

const values = (predict: Model['predict']) =>
  tiny(({ manifest }) => ({
    predict,
    manifest: { ...manifest, target: { name: 'height', type: 'numeric' } },
  }));

test('a value and its interval may be any finite numbers', () => {
  expect(brokenInvariants(values(() => ({ answer: -170, interval: { low: -200, high: 200 } })))).toEqual([]);
  for (const interval of [
    { low: -200, high: Number.NaN },
    { low: -Infinity, high: 200 },
    { low: -200, high: Infinity },
  ])
    expect(brokenInvariants(values(() => ({ answer: -170, interval })))).toHaveLength(1);
  expect(brokenInvariants(values(() => ({ answer: Number.POSITIVE_INFINITY })))).toEqual([
    '2000 of 2000 random rows do not get a finite value within its interval',
  ]);
});

test.each<[string, Model['manifest']['target'], string[]]>([
  ['one quantile', { name: 'height', type: 'numeric', quantiles: [0.5] }, []],
  [
    'two quantiles',
    { name: 'height', type: 'numeric', quantiles: [0.1, 0.9] },
    ['the quantiles cross in 2000 of 2000 random rows'],
  ],
  ['two classes', { name: 'kind', type: 'classes', classes: [{ value: 'a' }, { value: 'b' }] }, []],
])('quantiles must not cross: %s', (_, target, broken) => {
  const model = tiny(({ manifest }) => ({
    predict: () => ({ answer: 0.6, outputs: [0.6, 0.4] }),
    manifest: { ...manifest, target },
  }));
  expect(brokenInvariants(model)).toEqual(broken);
});

test('quantiles that ascend or are equal do not cross', () => {
  const model = tiny(({ manifest }) => ({
    predict: () => ({ answer: 0.4, outputs: [0.4, 0.4, 0.6] }),
    manifest: { ...manifest, target: { name: 'height', type: 'numeric', quantiles: [0.1, 0.5, 0.9] } },
  }));
  expect(brokenInvariants(model)).toEqual([]);
});

/** A model declared monotone in the weight, whose answer changes by `step` with each twentieth of the range 100 to 500. */
const stepping = (monotone: 'increasing' | 'decreasing', step: number) => {
  const weights: number[] = [];
  const model = tiny(({ manifest }) => ({
    manifest: {
      ...manifest,
      columns: manifest.columns.map((column) =>
        column.name === 'weight' ? { ...column, monotone, minimum: 100 } : column,
      ) as typeof manifest.columns,
    },
    predict: ({ weight }) => {
      weights.push(weight as number);
      return { answer: 0.5 + (Number(weight ?? 0) / 400) * 20 * step };
    },
  }));
  return { broken: brokenInvariants(model), weights };
};

test('the direction is tested in twenty steps over the allowed range, on a hundred rows', () => {
  const { weights } = stepping('increasing', 0.01);
  const swept = weights.slice(2000, 2000 + 100 * 21);
  expect(swept.slice(0, 21)).toEqual(Array.from({ length: 21 }, (_, i) => 100 + (i / 20) * 400));
});

test('a rounding error is not a wrong direction', () => {
  expect(stepping('increasing', -0.95e-9).broken).toEqual([]);
  expect(stepping('increasing', -1.05e-9).broken).toHaveLength(1);
  expect(stepping('decreasing', 0.95e-9).broken).toEqual([]);
  expect(stepping('decreasing', 1.05e-9).broken).toEqual([
    'the answer is not decreasing in "weight", but the data package declares it',
  ]);
});

test.each([1, 20])('one row that changes in the wrong direction at step %i breaks the invariant', (step) => {
  let sampled = 0;
  const wrongOnce = tiny(({ manifest }) => ({
    manifest: {
      ...manifest,
      columns: manifest.columns.map((column) =>
        column.name === 'weight' ? { ...column, monotone: 'increasing' } : column,
      ) as typeof manifest.columns,
    },
    predict: () => ({ answer: sampled++ < 2000 + 21 * 50 + step ? 0.5 : 0.4 }),
  }));
  expect(brokenInvariants(wrongOnce)).toHaveLength(1);
});

test('every broken invariant is listed', () => {
  taking(440_000);
  const model = tiny(({ manifest }) => ({
    manifest: {
      ...manifest,
      columns: manifest.columns.map((column) =>
        column.name === 'sex' ? { ...column, label: { en: 'Sex', 'pt-BR': ' ' } } : column,
      ),
    },
  }));
  expect(brokenInvariants(model)).toEqual([
    'a prediction takes 220 µs; at most 100 µs are accepted',
    'the column "sex" has an empty label',
  ]);
});
