import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { inputError } from '../errors.ts';
import { readBytes } from './files.ts';

/** One line of a CSV file: its number in the file, from 1, and its cells by column. */
export interface CsvRow {
  line: number;
  cells: Record<string, string>;
}

export interface Csv {
  path: string;
  header: string[];
  rows: CsvRow[];
}

/** Reads a CSV file with a header row, every cell as text. @throws InputError naming file and line. */
export async function readCsv(path: string): Promise<Csv> {
  const bytes = await readBytes(path);
  if (!isUtf8(bytes)) throw inputError('NOT_UTF8', path);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(bytes, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as never;
  } catch (error) {
    if (error instanceof CsvError) throw inputError('BAD_CSV', path, Number(error.lines ?? 1), error.message);
    throw error;
  }
  const [head, ...body] = records;
  if (!head || body.length === 0)
    throw inputError('BAD_HEADER', path, 'a header row and at least one row are needed');
  const header = head.record.map((name) => name.trim());
  assertHeader(path, header);
  return { path, header, rows: body.map(({ record, info }) => toRow(path, header, record, info.lines)) };
}

function assertHeader(path: string, header: string[]): void {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice !== undefined)
    throw inputError('BAD_HEADER', path, `the column "${twice}" stands twice in the header`);
  if (header.includes('')) throw inputError('BAD_HEADER', path, 'a column has no name');
}

function toRow(path: string, header: string[], record: string[], line: number): CsvRow {
  if (record.length !== header.length) {
    throw inputError('BAD_CSV', path, line, `has ${record.length} cells, the header has ${header.length}`);
  }
  return { line, cells: Object.fromEntries(header.map((name, i) => [name, record[i].trim()])) };
}

/** CSV text (RFC 4180 with line feeds). */
export function formatCsv(
  header: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string {
  const quoted = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map((row) => header.map((name) => quoted(row[name])).join(','));
  return `${[header.join(','), ...lines].join('\n')}\n`;
}
