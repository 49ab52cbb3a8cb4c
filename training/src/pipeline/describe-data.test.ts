import { descriptionFaults } from '@hearth/artifact';
import { beforeAll, expect, test } from 'vitest';
import { heartTable } from '../../testing/heart.ts';
import type { Table } from '../data/table.ts';
import { createDesign } from '../design.ts';
import { createModelLearner } from '../learners/index.ts';
import { describeData } from './describe-data.ts';
import { goldenRows } from './golden.ts';

let table: Table;
beforeAll(async () => {
  table = await heartTable();
});

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

test('what is described before training is what a reader accepts', () => {
  expect(descriptionFaults(describeData(table))).toEqual([]);
});

test('the bins of a column hold every row once, at most twenty of them, each with 5 % of the rows', () => {
  const { bins, missing, rows } = describeData(table).data;
  expect(bins.map(({ column }) => column)).toEqual(describeData(table).columns.map(({ name }) => name));
  for (const { column, counts, missing: absent, edges, values } of bins) {
    expect(total(counts) + absent).toBe(rows);
    expect(absent).toBe(missing[column] ?? 0);
    expect(counts.length).toBeLessThanOrEqual(20);
    const shown = values ? counts.slice(0, values.length) : counts;
    for (const count of shown) expect(count).toBeGreaterThanOrEqual(0.05 * (rows - absent));
    if (!edges) continue;
    expect(edges.length).toBe(counts.length + 1);
    const cells = table.inputs.flatMap((row) => row[column] ?? []).map(Number);
    const last = counts.length - 1;
    const inBin = (i: number) =>
      cells.filter((cell) => cell >= edges[i] && (i === last ? cell <= edges[i + 1] : cell < edges[i + 1]))
        .length;
    expect(counts).toEqual(counts.map((_, i) => inBin(i)));
  }
});

test('categories of few rows are counted together', () => {
  const inputs = table.inputs.map((row, i) => ({ ...row, cp: i < 290 ? row.cp : 'asymptomatic' }));
  const rare = { ...table, inputs: inputs.map((row, i) => (i < 4 ? { ...row, cp: 'typical angina' } : row)) };
  const bin = describeData(rare).data.bins.find(({ column }) => column === 'cp');
  expect(bin?.values?.length).toBeLessThanOrEqual(bin?.counts.length ?? 0);
  expect(total(bin?.counts ?? [])).toBe(303);
});

test('golden rows are of no person: none of the whole ones is a row of the table', () => {
  const design = createDesign(table);
  const learned = createModelLearner(
    { learner: 'forest', options: { trees: 2, minimumLeaf: 1 } },
    design,
  ).learn(Int32Array.from(design.x.keys()), 1);
  const draft = {
    ...describeData(table),
    features: design.features,
    answer: learned.answer,
    engine: { ...learned.engine, seed: 1 },
  } as unknown as Parameters<typeof goldenRows>[1];
  const golden = goldenRows(design, draft, learned.trees);
  const rowOf = (row: object) => JSON.stringify(Object.entries(row).sort());
  const real = new Set(table.inputs.map(rowOf));
  const whole = golden.filter(({ row }) => Object.keys(row).length === draft.columns.length);
  expect(whole.length).toBeGreaterThan(15);
  for (const { row } of whole) expect(real.has(rowOf(row))).toBe(false);
  expect(goldenRows(design, draft, learned.trees)).toEqual(golden);
});
