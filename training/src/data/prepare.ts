import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Delimiter, decimalOf } from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import { openFileOutput } from '../output/index.ts';
import { readCells } from './cells.ts';
import { correct, correctionsPath, describeStep, readCorrections } from './corrections.ts';
import { formatCsv, readCsv } from './csv.ts';
import type { Field } from './field.ts';
import type { DataPackage } from './package.ts';

export interface Prepared {
  from: string;
  to: string;
  rows: number;
  /** The number of missing cells by column; complete columns are left out. */
  missing: Record<string, number>;
  /** The steps of corrections.json, each with its reason. */
  steps: { what: string; why: string }[];
  changed: boolean;
}

/**
 * Makes the table of a data package from the published file: applies corrections.json, checks every cell against the schema, and
 * only then writes. An existing table that differs may contain manual edits, and is not replaced.
 * @param force replace it anyway if it has the same columns
 * @throws InputError naming file, line, column and value of bad cells, or the existing file
 */
export async function prepare(data: DataPackage, { force = false } = {}): Promise<Prepared> {
  const corrections = await readCorrections(data.folder);
  const from = join(data.folder, corrections.from);
  const to = join(data.folder, corrections.to);
  if ([from, data.path, correctionsPath(data.folder)].some((source) => resolve(source) === resolve(to))) {
    throw inputError('BAD_CORRECTIONS', correctionsPath(data.folder), 'to', `${to} is a source of the table`);
  }
  const table = correct(await readCsv(from), corrections, correctionsPath(data.folder));
  const values = readCells(table, data);
  const fields = [...data.inputs, data.target];
  const names = fields.map(({ name }) => name);
  const delimiter = data.delimiter ?? ',';
  const writers = fields.map((field) => [field.name, cellWriter(field, delimiter)] as const);
  const text = formatCsv(
    names,
    table.rows.map(({ cells }) =>
      Object.fromEntries(writers.map(([name, write]) => [name, write(cells[name])])),
    ),
    delimiter,
  );
  const before = await readFile(to, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (before !== text) {
    const output = await openFileOutput(to, (content) =>
      whyNotReplace(content.toString('utf8'), text, force),
    );
    await output.write(text);
  }
  const empty = (name: string) => values.filter((row) => row[name] === null).length;
  return {
    from,
    to,
    rows: table.rows.length,
    missing: Object.fromEntries(names.map((name) => [name, empty(name)]).filter(([, count]) => count !== 0)),
    steps: corrections.steps.map((step) => ({ what: describeStep(step), why: step.why })),
    changed: before !== text,
  };
}

/** Writes the cells of a field with the decimal sign that the prepared table is read with. */
function cellWriter(field: Field, delimiter: Delimiter): (cell: string) => string {
  const isDecimal = (field.type === 'number' || field.type === 'integer') && !field.categories;
  if (!isDecimal || field.groupChar) return (cell) => cell;
  const decimal = field.decimalChar ?? decimalOf(delimiter);
  return (cell) => (field.missingValues.includes(cell) ? cell : cell.trim().replace(/[.,]/, decimal));
}

/** Why an existing table is not replaced; undefined if it is. */
function whyNotReplace(before: string, text: string, force: boolean): string | undefined {
  const [old, now] = [before, text].map((each) => each.split('\n'));
  if (old[0] !== now[0]) return 'already exists with other columns than prepare writes; move it away';
  if (force) return undefined;
  const changed = now.filter((line, i) => line !== old[i]).length + Math.max(0, old.length - now.length);
  return `already exists, and ${changed} of its lines would change; move it away, or replace it with --force`;
}
