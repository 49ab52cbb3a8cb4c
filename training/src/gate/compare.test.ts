import type { Evaluated } from '@hearth/artifact';
import { tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import {
  compareOutOfFold,
  compareSquares,
  countAlike,
  lossScale,
  pairOutOfFold,
  sampleOf,
  samplingOf,
  signed,
} from './compare.ts';

/** A manifest whose out-of-fold predictions are these, each `[row, target, prediction]`. */
const manifest = (rows: [string, number, number][], target?: Evaluated['target']): Evaluated => {
  const tiny = tinyManifest();
  return {
    ...tiny,
    target: target ?? tiny.target,
    evaluation: {
      ...tiny.evaluation,
      outOfFold: rows.map(([row, target, prediction]) => ({ row, target, prediction })),
    } as Evaluated['evaluation'],
  };
};

const classes = (...values: string[]): Evaluated['target'] => ({
  name: 'kind',
  type: 'classes',
  classes: values.map((value) => ({ value })),
});
const numeric: Evaluated['target'] = { name: 'height', type: 'numeric' };

test('squared errors are compared in pairs, with the 95 % interval of their mean difference', () => {
  const { low, high, ...rest } = compareSquares([1, 2, 3], [0, 2, 1]);
  expect(rest).toEqual({ rows: 3, challenger: 2, other: 1, loss: 1 });
  expect(low).toBeCloseTo(1 - 1.959963984540054 * Math.sqrt(1 / 3), 12);
  expect(high).toBeCloseTo(1 + 1.959963984540054 * Math.sqrt(1 / 3), 12);
});

test('the variance of two differences is half of their squared distance', () => {
  const { low, high } = compareSquares([2, 0], [0, 0]);
  expect(high - low).toBeCloseTo(2 * 1.959963984540054 * Math.sqrt(2 / 2), 12);
});

test('the interval of one row is a point', () => {
  expect(compareSquares([0.5], [0.25])).toMatchObject({ loss: 0.25, low: 0.25, high: 0.25 });
});

test('only rows with the same target in both versions are compared, and identical rows in their order', () => {
  const ours = manifest([
    ['a', 1, 0.5],
    ['b', 0, 0.5],
    ['a', 1, 0.75],
    ['only ours', 0, 1],
    ['c', 1, 0],
    ['a', 1, 1],
  ]);
  const others = manifest([
    ['only others', 0, 1],
    ['c', 0, 0],
    ['a', 1, 1],
    ['a', 1, 0],
    ['b', 0, 0],
  ]);
  expect(compareOutOfFold(ours, others)).toMatchObject({
    rows: 3,
    challenger: (0.25 + 0.25 + 0.0625) / 3,
    other: (0 + 0 + 1) / 3,
  });
});

test('squared errors of a numeric target are divided by four times its variance', () => {
  const rows: [string, number, number][] = [
    ['a', 1, 2],
    ['b', 3, 3],
    ['c', 8, 8],
  ];
  const variance = (9 + 1 + 16) / 3;
  expect(
    lossScale(
      numeric,
      rows.map(([, y]) => y),
    ),
  ).toBeCloseTo(4 * variance, 12);
  const { challenger, other } = compareOutOfFold(
    manifest(rows, numeric),
    manifest(
      rows.map(([row, target]) => [row, target, target + 2]),
      numeric,
    ),
  );
  expect(challenger).toBeCloseTo(1 / 3 / (4 * variance), 12);
  expect(other).toBeCloseTo(4 / (4 * variance), 12);
});

test('losses of quantiles are divided by four times what the quantiles of the target lose', () => {
  const target = { ...numeric, quantiles: [0.25, 0.5, 0.75] };
  // the quantiles of three values are these values: ¼ (4 + 8), ½ (4 + 4) and ¼ (8 + 4)
  expect(lossScale(target, [0, 8, 4])).toBeCloseTo((4 * (3 + 4 + 3)) / 3 / 3, 12);
});

test('squared errors of probabilities are divided by their greatest value', () => {
  expect(lossScale(manifest([]).target, [1, 0])).toBe(1);
  expect(lossScale(classes('x', 'y', 'z'), [])).toBe(2);
});

/** A version with classes in this order, and its row `a` of each of them. */
const classified = (values: readonly string[], probabilities: readonly number[]): Evaluated => {
  const version = manifest([], classes(...values));
  const outOfFold = values.map((_, target) => ({ row: 'a', target, predictions: [...probabilities] }));
  return { ...version, evaluation: { ...version.evaluation, outOfFold } as Evaluated['evaluation'] };
};

test('rows of several classes are paired by the values of the classes, and compared by their Brier score', () => {
  const { pairs } = pairOutOfFold(
    classified(['x', 'y', 'z'], [0.5, 0.5, 0]),
    classified(['z', 'x'], [0.25, 0.75]),
  );
  expect(pairs).toMatchObject([
    { target: 0, challenger: { square: 0.5 }, other: { square: 0.125 } },
    { target: 2, challenger: { square: 1.5 }, other: { square: 1.125 } },
  ]);
});

test('a pair has the weight, the group and the subgroups of the challenger', () => {
  const version = manifest([['a', 1, 0.5]]);
  Object.assign(version.evaluation.outOfFold[0], { weight: 2, group: 3, subgroups: [1] });
  expect(pairOutOfFold(version, manifest([['a', 1, 0.25]]))).toStrictEqual({
    pairs: [
      {
        target: 1,
        challenger: { prediction: 0.5, square: 0.25 },
        other: { prediction: 0.25, square: 0.5625 },
        subgroups: [1],
        weight: 2,
        group: 3,
      },
    ],
    subgroups: [],
  });
  const label = { en: 'women', 'pt-BR': 'mulheres' };
  Object.assign(version.evaluation, { subgroups: [{ label }] });
  expect(pairOutOfFold(version, version).subgroups).toEqual([label]);
});

test('rows count alike unless one has a weight or a group; another then has the weight 1 and the group 0', () => {
  const judged = { prediction: 0.5, square: 0.25 };
  const pair = { target: 1, challenger: judged, other: judged, subgroups: [] };
  expect(sampleOf([pair, pair])).toStrictEqual({});
  expect(sampleOf([{ ...pair, weight: 3 }, pair])).toStrictEqual({ weights: Float64Array.of(3, 1) });
  expect(sampleOf([{ ...pair, group: 3 }, pair])).toStrictEqual({ clusters: Int32Array.of(3, 0) });
});

test.each([
  [0.00123, '+0.0012'],
  [0, '+0.0000'],
  [-12.5, '−12.5000'],
])('the difference %d is shown as %s', (value, shown) => {
  expect(signed(value)).toBe(shown);
});

test('weights and groups of the challenger count in the comparison', () => {
  const rows: [string, number, number][] = Array.from({ length: 40 }, (_, i) => [`row ${i}`, i % 2, 0.5]);
  const worse = manifest(rows.map(([row, target], i) => [row, target, i < 20 ? 0.5 : 0.5 + 0.2 * (i % 2)]));
  const weigh = (change: (i: number) => { weight?: number; group?: number }) => {
    const outOfFold = worse.evaluation.outOfFold.map((row, i) => ({ ...row, ...change(i) }));
    return { ...worse, evaluation: { ...worse.evaluation, outOfFold } as Evaluated['evaluation'] };
  };
  const other = manifest(rows);
  const plain = compareOutOfFold(worse, other);
  const first = compareOutOfFold(
    weigh((i) => ({ weight: i < 20 ? 1 : 1e-9 })),
    other,
  );
  expect(first.loss).toBeCloseTo(0, 8);
  expect(first.challenger).toBeCloseTo(0.25, 8);
  const grouped = compareOutOfFold(
    weigh((i) => ({ group: i >> 3 })),
    other,
  );
  expect(grouped.loss).toBeCloseTo(plain.loss, 12);
  expect(grouped.high - grouped.low).toBeGreaterThan(1.5 * (plain.high - plain.low));
});

test('how a version counts its rows can be said again', () => {
  const tiny = manifest([]);
  const data: Evaluated['data'] = {
    ...tiny.data,
    weights: { column: 'n', kind: 'count' },
    groups: 'g',
    time: 't',
    prior: { training: 0.5, population: 0.1 },
  };
  expect(samplingOf({ ...tiny, data })).toStrictEqual({ count: 'n', group: 'g', time: 't', prior: 0.1 });
  expect(
    samplingOf({ ...tiny, data: { ...tiny.data, weights: { column: 'w', kind: 'importance' } } }),
  ).toStrictEqual({
    weight: 'w',
  });
  expect(samplingOf(tiny)).toStrictEqual({});
  const count = { name: 'claims', type: 'count', exposure: 'years' } as const;
  expect(samplingOf({ ...tiny, target: count })).toStrictEqual({ exposure: 'years' });
  const target = {
    name: 'y',
    type: 'classes' as const,
    classes: [{ value: 'a' }, { value: 'b' }, { value: 'c' }],
  };
  const priors = { training: [0.2, 0.3, 0.5], population: [0.7, 0.2, 0.1] };
  expect(samplingOf({ ...tiny, target, data: { ...tiny.data, priors } })).toStrictEqual({
    prior: { a: 0.7, b: 0.2, c: 0.1 },
  });
});

test('versions count alike if their weights, groups, time and population are the same', () => {
  const version = (data: Partial<Evaluated['data']>): Evaluated => {
    const tiny = manifest([]);
    return { ...tiny, data: { ...tiny.data, ...data } };
  };
  const all: Partial<Evaluated['data']> = {
    weights: { column: 'n', kind: 'count' },
    groups: 'g',
    time: 't',
    prior: { training: 0.5, population: 0.1 },
  };
  expect(countAlike(version(all), version({ ...all, prior: { training: 0.4, population: 0.1 } }))).toBe(true);
  expect(countAlike(version({}), version({}))).toBe(true);
  for (const other of [
    { weights: { column: 'm', kind: 'count' } },
    { weights: { column: 'n', kind: 'importance' } },
    { groups: 'h' },
    { time: 'u' },
    { prior: { training: 0.5, population: 0.2 } },
    { priors: { training: [0.2, 0.3, 0.5], population: [0.7, 0.2, 0.1] } },
  ] satisfies Partial<Evaluated['data']>[]) {
    expect(countAlike(version(all), version({ ...all, ...other }))).toBe(false);
    expect(countAlike(version({}), version(other))).toBe(false);
  }
});
