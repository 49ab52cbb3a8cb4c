import {
  type CheckedColumn,
  type Column,
  didYouMean,
  isNumeric,
  kindOf,
  missingValuesOf,
  someOf,
} from '@hearth/artifact';
import { cellReader, type DecimalSign, isFault } from '@hearth/artifact/text-table';
import { inputError, type Refusals } from '../errors.ts';
import type { SourceCell, SourceTable } from '../sources/index.ts';
import { type CellFault, cellFaultLines } from './cell-faults.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { DataPackage } from './package.ts';
import { columnIndex, headerPlace } from './places.ts';
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

/** Rows by their columns; what cannot be read is null. */
export interface CellsRead {
  rows: Record<string, Cell>[];
  /** The columns that are not in the table, or have cells that cannot be read. */
  faulty: ReadonlySet<string>;
}

/** The values of the rows of a data package's table, by its fields. Refuses columns that the table does not have, and bad cells. */
export function readCells(
  table: SourceTable,
  data: DataPackage,
  refusals: Refusals,
  fields: readonly Field[] = [...data.inputs, data.target],
): CellsRead {
  const absent = fields.filter(({ name }) => columnIndex(table, name) < 0);
  refusals.attempt(() => {
    if (absent.length > 0)
      throw inputError('BAD_HEADER', headerPlace(table), absentColumns(table, data, absent));
  });
  const readerOf = (field: Field, column: CheckedColumn<Column>): [string, TableCellReader] => {
    refusals.attempt(() => assertGroups(table, field));
    return [field.name, tableCellReader(column, field.decimalChar ?? table.decimal, field.timeZone)];
  };
  const { rows, faulty } = readColumns(
    table,
    fields
      .filter((field) => !absent.includes(field))
      .map((field) =>
        readerOf(field, field === data.target ? checkedTarget(field) : fieldTypeOf(field).checked(field)),
      ),
    refusals,
  );
  return { rows, faulty: new Set([...faulty, ...absent.map(({ name }) => name)]) };
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

/** The values of these columns, row by row. Refuses bad cells, with file, line, column and value. */
export function readColumns(
  table: SourceTable,
  readers: readonly (readonly [name: string, read: TableCellReader])[],
  refusals: Refusals,
): CellsRead {
  const { columns } = table;
  const places = new Map(columns.map(({ name }, i) => [name, i]));
  const inOrder = readers
    .map(([name, read]) => ({ name, read, at: places.get(name) ?? -1 }))
    .toSorted((a, b) => a.at - b.at);
  const faults: CellFault[] = [];
  const rows = table.rows.map(({ cells }, row) => {
    const entries = inOrder.map(({ name, read, at }): [string, Cell] => {
      const cell = read(cells[at]);
      if (!isFault(cell)) return [name, cell];
      faults.push({ row, column: name, fault: cell.fault });
      return [name, null];
    });
    return Object.fromEntries(entries);
  });
  refusals.add('BAD_CELLS', cellFaultLines(table, faults));
  return { rows, faulty: new Set(faults.map(({ column }) => column)) };
}
