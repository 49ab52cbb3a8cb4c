import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRowMaker, inRows, readTableFile, writeTable } from './table.ts';

test('a table is read as it was written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-table-'));
  const table = (await createRowMaker()).make(7, 1);
  await writeTable(join(folder, 'table'), table);
  expect(await readTableFile(join(folder, 'table'), 7, 13)).toEqual(table);
  await rm(folder, { recursive: true });
});

test('rows are consecutive', () => {
  const columns = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
  expect(Array.from(inRows({ columns, target: Float64Array.of(0, 1) }))).toEqual([1, 3, 2, 4]);
});

test('different seeds give different rows, and the same seed gives the same rows', async () => {
  const { make } = await createRowMaker();
  expect(make(50, 3)).toEqual(make(50, 3));
  expect(make(50, 3).columns).not.toEqual(make(50, 4).columns);
});

test('continuous columns change in steps of their precision, others stay', async () => {
  const { columns } = (await createRowMaker()).make(2000, 3);
  const [age, sex] = columns;
  expect(age.every(Number.isInteger)).toBe(true);
  expect(new Set(age).size).toBeGreaterThan(41); // more ages than the patients have
  expect([...new Set(sex)].sort()).toEqual([0, 1]);
});

test('a tenth of the labels are inverted', async () => {
  const { columns, target } = (await createRowMaker()).make(20_000, 5);
  const still = columns.filter((values) => new Set(values).size <= 5);
  const alike = new Map<string, number[]>();
  for (const [row, y] of target.entries()) {
    const patient = still.map((values) => values[row]).join();
    alike.set(patient, [...(alike.get(patient) ?? []), y]);
  }
  const shares = [...alike.values()]
    .filter((ys) => ys.length > 500)
    .map((ys) => ys.reduce((a, b) => a + b) / ys.length);
  expect(Math.min(...shares)).toBeGreaterThan(0.07);
  expect(Math.max(...shares)).toBeLessThan(0.93);
});
