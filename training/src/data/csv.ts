import { isUtf8 } from 'node:buffer';
import { sha256 } from '@hearth/artifact';
import {
  type Delimiter,
  delimiterOf,
  headerFaults,
  readRecord,
  readRecords,
  recordFault,
  splitTable,
  tableWriter,
} from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import { readBytes } from './files.ts';

/** One record of a CSV file: the number of its first line, from 1, and its cells by column. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

export interface Csv {
  path: string;
  /** Of the file's bytes. */
  sha256: string;
  delimiter: Delimiter;
  header: string[];
  rows: CsvRow[];
}

/**
 * Reads a CSV file with a header row, every cell as text.
 * @param declared the delimiter, where a data package names it
 * @throws InputError naming file and line
 */
export async function readCsv(path: string, declared?: Delimiter): Promise<Csv> {
  const bytes = await readBytes(path);
  if (!isUtf8(bytes)) throw inputError('NOT_UTF8', path);
  const { delimiter, records } = splitTable(bytes.toString(), (header) => declared ?? delimiterOf(header));
  const [head, ...body] = records;
  if (!head || body.length === 0)
    throw inputError('BAD_CSV', path, head?.line ?? 1, 'a header and at least one row are needed');
  const header = readHeader(path, head.line, readRecord(head.text, delimiter));
  const cells = readRecords(
    body.map(({ text }) => text),
    delimiter,
  );
  const rows = body.map(({ line }) => toRow(path, header, cells.next().value ?? undefined, line));
  return { path, sha256: sha256(bytes), delimiter, header, rows };
}

function readHeader(path: string, line: number, cells: string[] | undefined): string[] {
  if (!cells) throw inputError('BAD_CSV', path, line, recordFault(cells, 0));
  const header = cells.map((name) => name.trim());
  const [wrong] = headerFaults(header);
  if (wrong) throw inputError('BAD_CSV', path, line, `column "${wrong.name}" ${wrong.fault}`);
  return header;
}

function toRow(path: string, header: string[], cells: string[] | undefined, line: number): CsvRow {
  if (cells?.length !== header.length)
    throw inputError('BAD_CSV', path, line, recordFault(cells, header.length));
  return { line, cells: Object.fromEntries(header.map((name, i) => [name, cells[i]])) };
}

export function formatCsv(
  header: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  delimiter: Delimiter,
): string {
  const writer = tableWriter(delimiter);
  const lines = rows.map((row) => writer.line(header.map((name) => row[name])));
  return writer.header(header) + lines.join('');
}
