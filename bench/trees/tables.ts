import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spec } from './spec.ts';
import { readPatients, writeTable } from './table.ts';

export interface Tables {
  folder: string;
  /** A spec whose tables are there. */
  spec(wanted: Partial<Spec> & Pick<Spec, 'task' | 'rows' | 'leaf' | 'trees'>): Promise<Spec>;
}

const flipped = 0.1;

/** Makes tables in a folder when they are first asked for: each engine reads the same files. */
export async function createTables(folder: string): Promise<Tables> {
  const { learning, heldOut } = await readPatients();
  const heartColumns = learning.columns;

  async function learningTable(rows: number, columns: number): Promise<string> {
    const file = join(folder, `learn-${rows}-${columns}.f64`);
    if (await isThere(file)) return file;
    const table = learning.make(rows, 1, flipped);
    for (let more = 2; table.columns.length < columns; more++) {
      table.columns.push(...learning.make(rows, more, 0).columns); // other patients': these tell nothing
    }
    await writeTable(file, { ...table, columns: table.columns.slice(0, columns) });
    return file;
  }

  async function heldOutTable(rows: number, columns: number): Promise<string> {
    const file = join(folder, `held-out-${rows}-${columns}.f64`);
    if (await isThere(file)) return file;
    const table = heldOut.make(rows, 1000, 0);
    while (table.columns.length < columns) table.columns.push(...table.columns.slice(0, heartColumns));
    await writeTable(file, { ...table, columns: table.columns.slice(0, columns) });
    return file;
  }

  return {
    folder,
    async spec({ rows, columns = heartColumns, testRows = 10_000, ...wanted }) {
      return {
        train: await learningTable(rows, columns),
        test: await heldOutTable(testRows, columns),
        rows,
        testRows,
        columns,
        columnsPerSplit: Math.ceil(Math.sqrt(columns)),
        threads: 2,
        seed: 1,
        runs: 1,
        budget: 0,
        folder,
        ...wanted,
      };
    },
  };
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
