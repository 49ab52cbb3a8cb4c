import { tinyArtifactWithInterval, tinyForest } from '@hearth/artifact/testing';
import { expect, test } from 'vitest';
import { createModel } from '../checks.ts';
import type { Row } from '../columns/columns.ts';
import { readAnswer } from './predictor.ts';

const { manifest } = tinyArtifactWithInterval();
const trees = { forest: tinyForest(), spread: tinyForest() };
const model = createModel(manifest, trees, '1-aaaaaaa');
const rows: Row[] = [
  {},
  { age: 49, sex: 'female' },
  { age: 50, sex: 'male', weight: 70 },
  { sex: 'male' },
  { age: null, sex: 'female' },
];

function cellsOf(some: readonly Row[]): Float64Array {
  const width = manifest.columns.length;
  const cells = new Float64Array(some.length * width);
  for (const [i, row] of some.entries()) model.writeCells(row, cells, i * width);
  return cells;
}

test('a batch, single rows and the plain walk give the same answers', () => {
  const plain = readAnswer(manifest, trees);
  const { answer, low, high } = model.predictCells(cellsOf(rows));
  for (const [i, row] of rows.entries()) {
    const reading = { answer: answer[i], interval: { low: low?.[i], high: high?.[i] } };
    expect(reading).toEqual(plain(row));
    expect(reading).toEqual(model.predict(row));
  }
});

test('cells are numbers or indices of categories, in the order of the columns, NaN if missing', () => {
  const cells = Float64Array.of(50, 1, Number.NaN, Number.NaN, 0, 70);
  expect(model.predictCells(cells)).toEqual(
    model.predictCells(
      cellsOf([
        { age: 50, sex: 'male' },
        { sex: 'female', weight: 70 },
      ]),
    ),
  );
});

test('a batch without rows has no answers', () => {
  expect(model.predictCells(cellsOf([])).answer).toHaveLength(0);
});
