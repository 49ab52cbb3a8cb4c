import { expect, test } from 'vitest';
import { createRandom } from '../../random.ts';
import { screen } from './screen.ts';
import { normal } from './simulated.ts';
import type { NumberTable } from './table.ts';

const rows = Int32Array.from({ length: 200 }, (_, i) => i);

/** 150 columns, of which 120 and 140 say something about the target. */
function wideTable(): NumberTable {
  const random = createRandom(5);
  const x = Array.from(rows, () => Float64Array.from({ length: 150 }, () => normal(random)));
  const target = Float64Array.from(x, (row) => Number(row[120] - row[140] + normal(random) > 0));
  return {
    x,
    target,
    loss: 'logistic',
    columns: Array.from({ length: 150 }, (_, j) => ({
      kind: 'numeric' as const,
      ...(j === 7 && { always: true }),
    })),
  };
}

test('of a wide table, the columns that say most are used, and those without which there is no answer', () => {
  const table = wideTable();
  const { table: narrow, widen } = screen(table, rows);
  expect(narrow.columns).toHaveLength(100);
  const features = Array.from(narrow.columns.keys(), (column) => ({ column }));
  const used = widen({ features }).features.map(({ column }) => column);
  expect(used).toEqual(expect.arrayContaining([7, 120, 140]));
  for (const [j, column] of used.entries()) expect(narrow.x[11][j]).toBe(table.x[11][column]);
});

test('a table of 100 columns or fewer is used as it is', () => {
  const table = wideTable();
  const few = { ...table, columns: table.columns.slice(0, 100) };
  expect(screen(few, rows).table).toBe(few);
});
