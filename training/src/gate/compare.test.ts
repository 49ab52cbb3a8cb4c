import type { Evaluated } from '@hearth/artifact';
import { tinyManifest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { compareOutOfFold, compareSquares, lossScale, samplingOf } from './compare.ts';

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
  expect(lossScale(manifest(rows, numeric))).toBeCloseTo(4 * variance, 12);
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

test('squared errors of probabilities are not scaled', () => {
  expect(lossScale(manifest([['a', 1, 0]]))).toBe(1);
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
  expect(samplingOf({ ...tiny, data })).toEqual({ count: 'n', group: 'g', time: 't', prior: 0.1 });
  expect(
    samplingOf({ ...tiny, data: { ...tiny.data, weights: { column: 'w', kind: 'importance' } } }),
  ).toEqual({
    weight: 'w',
  });
  expect(samplingOf(tiny)).toEqual({});
});
