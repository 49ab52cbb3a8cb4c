import { join } from 'node:path';
import { createModel, decodeForest } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { beforeAll, expect, test } from 'vitest';
import { readPackage } from './data/package.ts';
import { readTable, type Table } from './data/table.ts';
import type { Progress } from './progress.ts';
import { type Plan, train } from './train.ts';

const root = join(import.meta.dirname, '../..');
const silent: Progress = { start: () => () => {} };
const plan: Plan = {
  trees: 20,
  choice: { trees: 2, folds: 2, repeats: 1 },
  evaluation: { folds: 5, repeats: 2 },
};
let table: Table;

beforeAll(async () => {
  table = await readTable(await readPackage(join(root, 'data/heart/datapackage.json')));
});

test('training twice gives the same bytes, another seed gives others', () => {
  const first = train(table, { columns: ['age'], seed: 1, plan }, silent);
  expect(train(table, { columns: ['age'], seed: 1, plan }, silent)).toEqual(first);
  expect(train(table, { columns: ['age'], seed: 2, plan }, silent).sha256).not.toBe(first.sha256);
});

test('what training writes passes every check of the reader', () => {
  const { manifest, files } = train(table, { columns: ['age'], seed: 1, plan }, silent);
  const model = createModel(manifest, { forest: decodeForest(files['forest.safetensors']) }, 'new');
  expect(model.answer({})).toBeCloseTo(139 / 303, 12);
  expect(manifest.evaluation.outOfFold).toHaveLength(303);
});

test.each([
  ['height', 'datapackage.json: has no column "height"; it has age, sex'],
  ['sex', 'cannot use the column "sex": it holds categories'],
  ['ca', 'cannot use the column "ca": it is missing in 4 rows'],
])('the column %s is refused', (column, reason) => {
  expect(() => train(table, { columns: [column], seed: 1, plan }, silent)).toThrow(reason);
});

test('progress reaches its end', () => {
  const pieces: { total: number; done: number }[] = [];
  const counting: Progress = {
    start: (_title, total) => {
      const piece = { total, done: 0 };
      pieces.push(piece);
      return () => piece.done++;
    },
  };
  train(table, { columns: ['age'], seed: 1, plan }, counting);
  expect(pieces).toHaveLength(2);
  for (const { total, done } of pieces) expect(done).toBe(total);
});

test('the committed model in production was trained on the committed table, and beats the base rate', async () => {
  const registry = openRegistry(join(root, 'models/heart'));
  const { manifest } = await registry.load(await registry.production());
  expect(manifest.data.sha256).toBe(table.sha256);
  const { evaluation } = manifest;
  if (evaluation.kind !== 'chance') throw new Error('the heart model answers with a chance');
  expect(evaluation.model.brier.mean).toBeLessThan(0.236);
  for (const { scores } of evaluation.references) {
    expect(evaluation.model.brier.mean).toBeLessThan(scores.brier.mean);
  }
});
