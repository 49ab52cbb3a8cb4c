import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spec } from './spec.ts';
import { createRowMaker, writeTable } from './table.ts';

export interface Tables {
  folder: string;
  /** A spec whose tables exist. */
  spec(wanted: Partial<Spec> & Pick<Spec, 'task' | 'rows' | 'leaf' | 'trees'>): Promise<Spec>;
}

/** Makes tables in a folder when they are first needed; all engines read the same files. */
export async function createTables(folder: string): Promise<Tables> {
  const maker = await createRowMaker();

  async function tableOf(rows: number, columns: number, seed: number): Promise<string> {
    const file = join(folder, `${rows}-${columns}-${seed}.f64`);
    if (await isThere(file)) return file;
    const table = maker.make(rows, seed);
    for (let more = 1; table.columns.length < columns; more++) {
      table.columns.push(...maker.make(rows, seed + more).columns); // columns of other patients, without information
    }
    await writeTable(file, { ...table, columns: table.columns.slice(0, columns) });
    return file;
  }

  return {
    folder,
    async spec({ rows, columns = maker.columns, testRows = 10_000, ...wanted }) {
      return {
        train: await tableOf(rows, columns, 1),
        test: await tableOf(testRows, columns, 1000),
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
