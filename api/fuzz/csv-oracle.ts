import type { RowSchema } from './oracle.ts';

type Row = Record<string, unknown>;

/** A CSV text read plainly, by RFC 4180 and what /docs says of decimals. */
export interface PlainCsv {
  delimiter: ',' | ';';
  /** One for each line below the header; undefined where it cannot be a row. */
  rows: (Row | undefined)[];
}

/** Reads lines, the first of which names columns unless `names` are given. */
export function plainCsv(lines: readonly string[], schema: RowSchema, names?: string[]): PlainCsv {
  const bare = lines[0].replace(/"[^"]*"/g, '');
  const delimiter = !names && bare.split(';').length > bare.split(',').length ? ';' : ',';
  const columns = names ?? cellsOf(lines[0], delimiter) ?? [];
  const rows = (names ? lines : lines.slice(1)).map((line) => {
    const cells = cellsOf(line, delimiter);
    if (cells?.length !== columns.length) return undefined;
    return Object.fromEntries(
      columns.map((name, i) => [name, cellValue(cells[i], schema.properties[name], delimiter)]),
    );
  });
  return { delimiter, rows };
}

/** Whether a line names a column. */
export const namesColumn = (line: string, { properties }: RowSchema): boolean =>
  ([',', ';'] as const).some((delimiter) =>
    cellsOf(line, delimiter)?.some((cell) => Object.hasOwn(properties, cell)),
  );

function cellsOf(line: string, delimiter: ',' | ';'): string[] | undefined {
  const cells: string[] = [];
  for (let rest = line; ; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const cell = quoted?.[0] ?? rest.split(delimiter, 1)[0];
    if (!quoted && cell.includes('"')) return undefined;
    cells.push(quoted ? quoted[1].replaceAll('""', '"') : cell);
    rest = rest.slice(cell.length);
    if (rest === '') return cells;
    if (rest[0] !== delimiter) return undefined;
    rest = rest.slice(1);
  }
}

function cellValue(
  cell: string,
  column: RowSchema['properties'][string] | undefined,
  delimiter: ',' | ';',
): unknown {
  if (cell === '') return null;
  if (column?.enum) return cell;
  if (delimiter === ';' && cell.includes('.')) return cell;
  const number = delimiter === ';' ? cell.replace(',', '.') : cell;
  return /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(number) && !Number.isNaN(Number(number)) ? Number(number) : cell;
}
