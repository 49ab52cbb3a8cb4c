import { decimalOf } from './dialect.ts';

/** Writes a table in a dialect, so that it is read back as it was. */
export interface TableWriter {
  number(value: number): string;
  /** The names of the columns, as a line. */
  header(names: readonly string[]): string;
  /** A record of these cells, as a line. */
  line(cells: readonly string[]): string;
}

export function tableWriter(delimiter: string): TableWriter {
  const decimal = decimalOf(delimiter);
  const sign = `\\u{${delimiter.codePointAt(0)?.toString(16)}}`;
  const special = new RegExp(`["\\r\\n${sign}]`, 'u');
  // by another delimiter in a name a reader could take that one for the delimiter
  const specialInNames = new RegExp(`[",;\\t\\r\\n${sign}]`, 'u');
  const write = (cells: readonly string[], needsQuotes: RegExp): string => {
    // alone in its line, an empty cell would be a blank line
    if (cells.length === 1 && cells[0] === '') return '""\n';
    const quoted = (cell: string) =>
      needsQuotes.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
    return `${cells.map(quoted).join(delimiter)}\n`;
  };
  return {
    number: (value) => String(value).replace('.', decimal),
    header: (names) => write(names, specialInNames),
    line: (cells) => write(cells, special),
  };
}
