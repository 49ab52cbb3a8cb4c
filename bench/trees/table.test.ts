import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inRows, readPatients, readTableFile, writeTable } from './table.ts';

test('a table is read as it was written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hearth-table-'));
  const table = (await readPatients()).learning.make(7, 1, 0.1);
  await writeTable(join(folder, 'table'), table);
  expect(await readTableFile(join(folder, 'table'), 7, 13)).toEqual(table);
  await rm(folder, { recursive: true });
});

test('rows lie one after the other', () => {
  const columns = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
  expect(Array.from(inRows({ columns, target: Float64Array.of(0, 1) }))).toEqual([1, 3, 2, 4]);
});

test('a tenth of the labels are turned round, and nothing else changes', async () => {
  const { learning } = await readPatients();
  const [clean, flipped] = [learning.make(5000, 3, 0), learning.make(5000, 3, 0.1)];
  expect(flipped.columns).toEqual(clean.columns);
  const turned = flipped.target.filter((y, row) => y !== clean.target[row]).length;
  expect(turned / 5000).toBeCloseTo(0.1, 1);
});

test('no held-out row is of a patient that rows to learn from are drawn from', async () => {
  const { learning, heldOut } = await readPatients();
  const columns = learning.make(5000, 1, 0).columns;
  // cholesterol moves, what has few values does not: with all of those, few patients are alike
  const still = columns.flatMap((values, c) => (new Set(values).size <= 5 ? [c] : []));
  const kinds = (rows: number, maker: typeof learning) => {
    const { columns: made } = maker.make(rows, 1, 0);
    return new Set(Array.from({ length: rows }, (_, row) => still.map((c) => made[c][row]).join()));
  };
  const [ours, theirs] = [kinds(5000, learning), kinds(5000, heldOut)];
  expect([...theirs].filter((kind) => ours.has(kind)).length).toBeLessThan(theirs.size / 2);
});
