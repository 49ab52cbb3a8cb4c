import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { decimalOf, tableWriter } from '@hearth/artifact/text-table';
import { inputError, Refusals } from '../errors.ts';
import { openFileOutput } from '../output/index.ts';
import { encodingName, readSource, type SourceCell } from '../sources/index.ts';
import { readCells } from './cells.ts';
import { correct, correctionsPath, describeStep, readCorrections } from './corrections.ts';
import { type Fault, faultLine } from './fault.ts';
import type { Field } from './field.ts';
import type { DataPackage } from './package.ts';
import { cellText, columnIndex } from './places.ts';
import { judgeTable } from './table.ts';

export interface Prepared {
  from: string;
  to: string;
  rows: number;
  /** The number of missing cells by column; complete columns are left out. */
  missing: Record<string, number>;
  /** The steps of corrections.json, each with its reason. */
  steps: { what: string; why: string }[];
  changed: boolean;
  /** What was assumed about the published file, one sentence each. */
  notes: readonly string[];
}

/**
 * Makes the table of a data package from the published file: applies corrections.json, checks table and data package as training does, and
 * only then writes. An existing table that differs may contain manual edits, and is not replaced.
 * @param faults what is wrong in the data package already
 * @param force replace it anyway if it has the same columns
 * @throws InputError of all faults: these, steps that do not fit, bad cells with file, line, column and value; or naming the existing file
 */
export async function prepare(
  data: DataPackage,
  { faults = [], force = false }: { faults?: readonly Fault[]; force?: boolean } = {},
): Promise<Prepared> {
  const refusals = new Refusals();
  refusals.add('BAD_PACKAGE', faults.map(faultLine));
  refusals.attempt(() => assertWritten(data));
  const corrections = await readCorrections(data.folder).catch((error) => refusals.failWith(error));
  const from = join(data.folder, corrections.from);
  const to = join(data.folder, corrections.to);
  const path = correctionsPath(data.folder);
  refusals.attempt(() => {
    if ([from, data.path, path].some((source) => resolve(source) === resolve(to)))
      throw inputError('BAD_CORRECTIONS', path, 'to', `${to} is a source of the table`);
  });
  const published = await readSource(from).catch((error) => refusals.failWith(error));
  const { table, faulty } = correct(published, corrections, path, refusals);
  const fields = [...new Set([...data.inputs, ...(data.samplingFields ?? []), data.target])];
  const names = fields.map(({ name }) => name);
  const unsure = [...faulty].map((field): Fault => ({ place: path, field, text: 'is refused' }));
  judgeTable(table, { ...data, csv: from }, [...faults, ...unsure], refusals);
  const { rows: values } = readCells(table, data, refusals, fields);
  const delimiter = data.source.delimiter ?? ',';
  const writer = tableWriter(delimiter);
  const writers = fields.map((field) => ({
    at: columnIndex(table, field.name),
    write: cellWriter(field, delimiter),
  }));
  const lines = table.rows.map(({ cells }) => writer.line(writers.map(({ at, write }) => write(cells[at]))));
  const text = writer.header(names) + lines.join('');
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
    notes: published.notes,
  };
}

/** A prepared table is a plain one. @throws InputError UNSUPPORTED */
function assertWritten({ path, source }: DataPackage): void {
  const plain = ['delimiter', 'format', 'encoding'];
  const other = Object.keys(source).find((name) => !plain.includes(name));
  const isPlain = (source.format ?? 'csv') === 'csv' && encodingName(source.encoding ?? 'utf-8') === 'utf-8';
  if (isPlain && other === undefined) return;
  const what =
    'describes a table that prepare cannot write: it writes CSV in UTF-8 with a header and quotes (RFC 4180)';
  throw inputError('UNSUPPORTED', `${path}: resources.0 ${what}`);
}

/** Writes the cells of a field with the decimal sign that the prepared table is read with. */
function cellWriter(field: Field, delimiter: string): (cell: SourceCell) => string {
  const isDecimal = (field.type === 'number' || field.type === 'integer') && !field.categories;
  if (!isDecimal || field.groupChar) return cellText;
  const decimal = field.decimalChar ?? decimalOf(delimiter);
  return (cell) => {
    const text = cellText(cell);
    return field.missingValues.includes(text) ? text : text.trim().replace(/[.,]/, decimal);
  };
}

/** Why an existing table is not replaced; undefined if it is. */
function whyNotReplace(before: string, text: string, force: boolean): string | undefined {
  const [old, now] = [before, text].map((each) => each.split('\n'));
  if (old[0] !== now[0]) return 'already exists with other columns than prepare writes; move it away';
  if (force) return undefined;
  const changed = now.filter((line, i) => line !== old[i]).length + Math.max(0, old.length - now.length);
  return `already exists, and ${changed} of its lines would change; move it away, or replace it with --force`;
}
