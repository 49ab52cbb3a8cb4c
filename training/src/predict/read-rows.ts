import { type Manifest, printable, type Row, usedColumns, type Value } from '@hearth/artifact';
import { type DecimalSign, isFault } from '@hearth/artifact/text-table';
import { tableCellReader } from '../data/cells.ts';
import { cellText } from '../data/places.ts';
import type { SourceRow, SourceTable } from '../sources/index.ts';

type Columns = Pick<Manifest, 'columns' | 'features' | 'timeZone'>;

/** Reads a row: gives each value with the index of its column. @returns what is wrong with the row */
export type RowReader = (
  row: SourceRow,
  take: (column: number, value: Exclude<Value, null>) => void,
) => string | undefined;

/**
 * Makes the reader of the columns of a model in the rows of a file.
 * @param names of the file's columns, in the order of its cells
 * @param decimal of the file's texts
 * @param isRead the columns to read; a value of one that the model does not use changes nothing
 */
export function rowReader(
  { columns, features, timeZone }: Columns,
  names: readonly string[],
  decimal: DecimalSign,
  isRead: (column: Manifest['columns'][number]) => boolean = () => true,
): RowReader {
  const used = usedColumns(features);
  const places = new Map(names.map((name, at) => [name, at]));
  // in the order of the file, as people read its faults
  const readers = columns
    .flatMap((column, i) => {
      const { name } = column;
      const at = places.get(name);
      if (at === undefined || !isRead(column)) return [];
      return [{ name, at, i, read: tableCellReader(column, decimal, timeZone, used.has(name)) }];
    })
    .sort((a, b) => a.at - b.at);

  return (row, take) => {
    if (row.fault !== undefined) return row.fault;
    const faults: string[] = [];
    for (const { name, at, i, read } of readers) {
      const cell = row.cells[at] ?? null;
      const value = read(cell);
      if (isFault(value)) faults.push(`column "${name}": "${printable(cellText(cell), 60)}" ${value.fault}`);
      else if (value !== null) take(i, value);
    }
    return faults.length === 0 ? undefined : faults.join(' | ');
  };
}

/** Makes the reader of the rows of a table as those of a model. A fault names file and place. */
export function tableRowReader(
  { path, unit, columns, decimal }: SourceTable,
  model: Columns,
): (row: SourceRow) => { row: Row; fault?: string } {
  const read = rowReader(
    model,
    columns.map(({ name }) => name),
    decimal,
  );
  return (cells) => {
    const row: Record<string, Row[string]> = {};
    const fault = read(cells, (i, value) => {
      row[model.columns[i].name] = value;
    });
    return fault === undefined ? { row } : { row, fault: `${path}, ${unit} ${cells.place}, ${fault}` };
  };
}
