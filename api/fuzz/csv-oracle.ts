import type { RowSchema } from './oracle.ts';

type Row = Record<string, unknown>;
type Delimiter = ',' | ';' | '\t';

/** A CSV text read plainly, by RFC 4180 and what docs/ARCHITECTURE.md says of tables. */
export interface PlainCsv {
  delimiter: Delimiter;
  /** One for each record that is no header; undefined where it cannot be a row. */
  rows: (Row | undefined)[];
}

interface How {
  /** Whether each line is a record, also in quotes. */
  byLines: boolean;
  /** Whether the first record is a header; undefined where a column's name in it tells. */
  hasHeader?: boolean;
}

const delimiters: Delimiter[] = [',', ';', '\t'];

export function plainCsv(text: string, { properties }: RowSchema, { byLines, hasHeader }: How): PlainCsv {
  const names = Object.keys(properties);
  const outsideQuotes = /("[^"]*")|\r\n|\n|\r/g;
  const lines = (byLines ? text : text.replace(outsideQuotes, (end, quoted) => quoted ?? `${end}\0`))
    .replace(/^\uFEFF/, '')
    .split(byLines ? /\r\n|\n|\r/ : '\0')
    .map((line) => line.replace(/[\r\n]+$/, ''))
    .filter((line) => /\t/.test(line) || line.trim() !== '');
  const separator = /^"?sep=([,;\t])"?$/i.exec(lines[0] ?? '')?.[1] as Delimiter | undefined;
  if (separator) lines.shift();
  const first = lines[0] ?? '';
  const isHeader =
    hasHeader ?? delimiters.some((each) => cellsOf(first, each)?.some((cell) => names.includes(cell.trim())));
  const bare = first.replace(/"[^"]*"/g, '');
  const most = delimiters.toSorted((a, b) => bare.split(b).length - bare.split(a).length)[0];
  const fitting = delimiters.toReversed().find((each) => cellsOf(first, each)?.length === names.length);
  const delimiter = separator ?? (isHeader ? most : (fitting ?? most));
  const columns = isHeader ? (cellsOf(first, delimiter) ?? []).map((name) => name.trim()) : names;
  const rows = lines
    .slice(isHeader ? 1 : 0)
    .filter((line) => delimiter === '\t' || line.trim() !== '')
    .map((line) => {
      const cells = cellsOf(line, delimiter);
      if (cells?.length !== columns.length) return undefined;
      return Object.fromEntries(
        columns.map((name, i) => [name, cellValue(cells[i], properties[name], delimiter)]),
      );
    });
  return { delimiter, rows };
}

function cellsOf(line: string, delimiter: Delimiter): string[] | undefined {
  const space = delimiter === '\t' ? '[^\\S\t]*' : '\\s*';
  const quotedCell = new RegExp(`^${space}"((?:[^"]|"")*)"${space}`);
  const cells: string[] = [];
  for (let rest = line; ; ) {
    const quoted = quotedCell.exec(rest);
    const cell = quoted?.[0] ?? rest.split(delimiter, 1)[0];
    if (!quoted && cell.includes('"')) return undefined;
    cells.push(quoted ? quoted[1].replaceAll('""', '"') : cell.trim());
    rest = rest.slice(cell.length);
    if (rest === '') return cells;
    if (rest[0] !== delimiter) return undefined;
    rest = rest.slice(1);
  }
}

/** What a cell is by its text; a text that fits nothing stays one. */
export function cellValue(
  cell: string,
  column: RowSchema['properties'][string] | undefined,
  delimiter: Delimiter,
): unknown {
  if (column?.enum) return cell === '' ? null : cell;
  const text = cell.trim();
  if (text === '') return null;
  const other = delimiter === ';' ? '.' : ',';
  if (text.includes(other) && /^[+-]?[1-9]\d{0,2}.\d{3}$/.test(text)) return cell;
  if (!/^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text)) return cell;
  const number = Number(text.replace(',', '.'));
  return Number.isNaN(number) ? cell : number;
}
