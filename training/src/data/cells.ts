import {
  type CheckedColumn,
  type Column,
  didYouMean,
  isNumeric,
  kindOf,
  missingValuesOf,
  printable,
  someOf,
} from '@hearth/artifact';
import { cellReader, type DecimalSign, isFault } from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import type { SourceCell, SourceTable } from '../sources/index.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';
import { checkedTarget } from './targets.ts';

/** @throws InputError for a separator of thousands that is also the decimal sign of the table, where serving reads it as that */
function assertGroups({ path, delimiter, decimal }: SourceTable, { groupChar, name }: Field): void {
  if (!groupChar || groupChar !== decimal) return;
  throw inputError(
    'BAD_PACKAGE',
    path,
    `field "${name}", groupChar`,
    `"${groupChar}" is the decimal sign of a table with ${JSON.stringify(delimiter)} between cells; ${delimiter === ',' ? 'separate cells with semicolons' : 'separate them with commas'}`,
  );
}

/** Reads a cell of a table: its value, null where it is missing, or what is wrong with it. */
export type TableCellReader = (cell: SourceCell) => Cell | { fault: string };

/**
 * Makes the reader of a column's cells. A typed value of the column's own type is checked as it is; any other one is read as text.
 * @param decimal of the table's texts
 * @param isUsed whether the model uses the column; if not, it takes any text
 */
export function tableCellReader(
  column: CheckedColumn<Column>,
  decimal: DecimalSign,
  timeZone?: string,
  isUsed = true,
): TableCellReader {
  const readText = cellReader(column, decimal, timeZone, isUsed);
  const complain = kindOf(column).check(column, timeZone);
  const missing = missingValuesOf(column);
  const type = isNumeric(column) ? 'number' : column.type === 'boolean' ? 'boolean' : undefined;
  return (cell) => {
    if (typeof cell === 'string') return readText(cell);
    if (cell === null) return readText('');
    // what is missing or wrong goes the way of a text, which has the words for it
    if (
      typeof cell === type &&
      typeof cell !== 'bigint' &&
      !missing?.has(cell) &&
      complain(cell) === undefined
    )
      return cell;
    return readText(typeof cell === 'number' ? String(cell).replace('.', decimal) : String(cell));
  };
}

/**
 * The values of the rows of a data package's table, by its fields.
 * @throws InputError BAD_HEADER for a column that the table does not have, BAD_CELLS
 */
export function readCells(table: SourceTable, data: DataPackage): Record<string, Cell>[] {
  const fields = [...data.inputs, data.target];
  const absent = fields.filter(({ name }) => columnIndex(table, name) < 0);
  if (absent.length > 0)
    throw inputError('BAD_HEADER', headerPlace(table), absentColumns(table, data, absent));
  const readerOf = (field: Field, column: CheckedColumn<Column>): [string, TableCellReader] => {
    assertGroups(table, field);
    return [field.name, tableCellReader(column, field.decimalChar ?? table.decimal, field.timeZone)];
  };
  return readColumns(table, [
    ...data.inputs.map((field) => readerOf(field, fieldTypeOf(field).checked(field))),
    readerOf(data.target, checkedTarget(data.target)),
  ]);
}

function absentColumns({ columns }: SourceTable, { path }: DataPackage, absent: readonly Field[]): string {
  const names = columns.map(({ name }) => name);
  const quoted = someOf(absent.map(({ name }) => `"${name}"`));
  if (absent.length > 1)
    return `the columns ${quoted} of ${path} are missing; the table has ${someOf(names)}`;
  const [{ name }] = absent;
  const hint = didYouMean(name, names) || `; the table has ${someOf(names)}`;
  return `the column ${quoted} of ${path} is missing${hint}`;
}

/**
 * The values of these columns, row by row.
 * @throws InputError BAD_CELLS with file, line, column and value of every bad cell (the first of them)
 */
export function readColumns(
  { path, unit, columns, rows }: SourceTable,
  readers: readonly (readonly [name: string, read: TableCellReader])[],
): Record<string, Cell>[] {
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const inOrder = readers
    .map(([name, read]) => ({ name, read, at: places.get(name) ?? -1 }))
    .toSorted((a, b) => a.at - b.at);
  const faults = new Map<string, { line: string; more: number }>();
  const values = rows.map(({ place, cells }) => {
    const entries = inOrder.map(({ name, read, at }): [string, Cell] => {
      const cell = read(cells[at]);
      if (!isFault(cell)) return [name, cell];
      const shown = printable(cellText(cells[at]), 60);
      const what = `column "${name}": "${shown}" ${cell.fault}`;
      const same = faults.get(what);
      if (same) same.more++;
      else faults.set(what, { line: `${path}, ${unit} ${place}, ${what}`, more: 0 });
      return [name, null];
    });
    return Object.fromEntries(entries);
  });
  if (faults.size === 0) return values;
  const lines = [...faults.values()].map(({ line, more }) =>
    more === 0 ? line : `${line}; the same in ${more === 1 ? '1 more row' : `${more} more rows`}`,
  );
  throw inputError('BAD_CELLS', listed(lines));
}

/** A cell as a CSV has it. */
export const cellText = (cell: SourceCell): string => (cell === null ? '' : String(cell));

/** Where the names of the columns are, for messages. */
export const headerPlace = ({ path, unit }: Pick<SourceTable, 'path' | 'unit'>): string =>
  unit === 'line' ? `${path}, line 1` : path;

/** The index of a column; -1 if the table does not have it. */
export const columnIndex = ({ columns }: Pick<SourceTable, 'columns'>, name: string): number =>
  columns.findIndex((column) => column.name === name);
