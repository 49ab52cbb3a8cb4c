import { expect, test } from 'vitest';
import { encodeTensors } from '../forest/safetensors.ts';
import { decodeOutOfFold, encodeOutOfFold } from './out-of-fold.ts';

const key = (i: number) => i.toString(16).padStart(16, '0');
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ row: key(i), target: i % 2, prediction: i / count }));

test('rows are read as they were written, of one output and of several', () => {
  const one = rows(5);
  expect(decodeOutOfFold(encodeOutOfFold(one, 1).bytes, 1)).toEqual(one);
  const three = one.map((row) => ({ ...row, predictions: [row.prediction, 0.5, 0.25] }));
  const { bytes, summary } = encodeOutOfFold(three, 1);
  expect(decodeOutOfFold(bytes, 3)).toEqual(three);
  expect(summary).toEqual({ rows: 5, of: 5, seed: 1 });
  expect(() => decodeOutOfFold(bytes, 2)).toThrow('bounds check');
});

test('weights and groups of rows are read as they were written, and others are refused', () => {
  const some = rows(3).map((row, i) => ({ ...row, weight: i + 0.5, group: i >> 1 }));
  expect(decodeOutOfFold(encodeOutOfFold(some, 1).bytes, 1)).toEqual(some);
  const file = (weight: number[]) =>
    encodeTensors({
      row: new Uint8Array(8),
      target: Float64Array.of(1),
      prediction: Float64Array.of(0.5),
      weight: Float64Array.from(weight),
    });
  expect(() => decodeOutOfFold(file([0]), 1)).toThrow('finite check');
  expect(() => decodeOutOfFold(file([1, 1]), 1)).toThrow('bounds check');
});

test('of more than 100,000 rows a sample is kept, in order, the same for the same seed', () => {
  const many = rows(130_000);
  const { bytes, summary } = encodeOutOfFold(many, 7);
  expect(summary).toEqual({ rows: 100_000, of: 130_000, seed: 7 });
  const kept = decodeOutOfFold(bytes, 1);
  expect(kept.map(({ row }) => row)).toEqual(kept.map(({ row }) => row).sort());
  const late = kept.filter(({ row }) => row >= key(65_000)).length;
  expect(late).toBeGreaterThan(49_000);
  expect(late).toBeLessThan(51_000);
  expect(encodeOutOfFold(many, 7).bytes).toEqual(bytes);
  expect(encodeOutOfFold(many, 8).bytes).not.toEqual(bytes);
});

test('of many outputs so many rows are kept that the file has at most 16 MiB', () => {
  const predictions = new Array(1000).fill(0.001);
  const many = rows(3000).map((row) => ({ ...row, predictions }));
  const { bytes, summary } = encodeOutOfFold(many, 1);
  expect(bytes.length).toBeLessThanOrEqual(16 << 20);
  expect(bytes.length).toBeGreaterThan(16.7e6);
  expect(summary).toEqual({ rows: 2092, of: 3000, seed: 1 });
  expect(decodeOutOfFold(bytes, 1000)).toHaveLength(2092);
});

test('a prediction that is not finite is refused', () => {
  const bytes = encodeTensors({
    row: new Uint8Array(8),
    target: Float64Array.of(Number.NaN),
    prediction: Float64Array.of(0.5),
  });
  expect(() => decodeOutOfFold(bytes, 1)).toThrow('finite check');
});

test('a row that has no hexadecimal name is not written', () => {
  expect(() => encodeOutOfFold([{ row: '0', target: 1, prediction: 0.5 }], 1)).toThrow(
    '16 hexadecimal digits',
  );
});

test('the subgroups of each row are kept, a bit each', () => {
  const rows = [[], [0], [8], [0, 3, 8]].map((subgroups, i) => ({
    row: i.toString(16).padStart(16, '0'),
    target: i % 2,
    prediction: 0.5,
    subgroups,
  }));
  const { bytes } = encodeOutOfFold(rows, 1, 9);
  expect(decodeOutOfFold(bytes, 1, 9)).toEqual(rows);
  expect(() => decodeOutOfFold(bytes, 1, 8)).toThrow('are not of 8');
});
