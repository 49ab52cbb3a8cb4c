import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCells } from './cells.ts';
import { correct, correctionsPath, readCorrections } from './corrections.ts';
import { formatCsv, readCsv } from './csv.ts';
import type { DataPackage } from './package.ts';

export interface Prepared {
  from: string;
  to: string;
  rows: number;
  /** Empty cells by column, columns without one left out. */
  missing: Record<string, number>;
  /** Steps applied, as their reasons. */
  steps: string[];
  changed: boolean;
}

/**
 * Makes the table of a data package from the file as published: applies corrections.json, checks every cell against the
 * schema, and only then writes. @throws InputError naming file, line, column and value of bad cells.
 */
export async function prepare(data: DataPackage): Promise<Prepared> {
  const corrections = await readCorrections(data.folder);
  const from = join(data.folder, corrections.from);
  const to = join(data.folder, corrections.to);
  const table = correct(await readCsv(from), corrections, correctionsPath(data.folder));
  const values = readCells(from, table.rows, data);
  const names = [...data.inputs, data.target].map(({ name }) => name);
  const text = formatCsv(
    names,
    table.rows.map(({ cells }) => cells),
  );
  const before = await readFile(to, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (before !== text) {
    await writeFile(`${to}.tmp`, text);
    await rename(`${to}.tmp`, to);
  }
  const empty = (name: string) => values.filter((row) => row[name] === null).length;
  return {
    from,
    to,
    rows: table.rows.length,
    missing: Object.fromEntries(names.map((name) => [name, empty(name)]).filter(([, count]) => count !== 0)),
    steps: corrections.steps.map(({ why }) => why),
    changed: before !== text,
  };
}
