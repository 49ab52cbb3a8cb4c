import { decimalOf } from './dialect.ts';
import type { Delimiter } from './records.ts';

/** Writes a table in a dialect, so that it is read back as it was. */
export interface TableWriter {
  number(value: number): string;
  /** The names of the columns, as a line. */
  header(names: readonly string[]): string;
  /** A record of these cells, as a line. */
  line(cells: readonly string[]): string;
}

const special = { ',': /[",\r\n]/, ';': /[";\r\n]/, '\t': /["\t\r\n]/ };

export function tableWriter(delimiter: Delimiter): TableWriter {
  const decimal = decimalOf(delimiter);
  const write = (cells: readonly string[], needsQuotes: RegExp): string => {
    // alone in its line, an empty cell would be a blank line
    if (cells.length === 1 && cells[0] === '') return '""\n';
    const quoted = (cell: string) =>
      needsQuotes.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
    return `${cells.map(quoted).join(delimiter)}\n`;
  };
  return {
    number: (value) => String(value).replace('.', decimal),
    // by another delimiter in a name a reader could take that one for the delimiter
    header: (names) => write(names, /[",;\t\r\n]/),
    line: (cells) => write(cells, special[delimiter]),
  };
}
