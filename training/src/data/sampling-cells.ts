import { kindOf } from '@hearth/artifact';
import { isFault } from '@hearth/artifact/text-table';
import type { Refusals } from '../errors.ts';
import { type Role, rolesIn } from '../sampling/columns.ts';
import { mostExpanded } from '../sampling/read.ts';
import type { SourceTable } from '../sources/index.ts';
import { type CellsRead, readColumns, type TableCellReader, tableCellReader } from './cells.ts';
import type { Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { DataPackage } from './package.ts';
import { cellText, columnIndex, headerPlace } from './places.ts';

/**
 * The values of the columns that say how the rows came about; of times, numbers or ISO texts. Refuses columns that the table does not
 * have, and bad cells.
 */
export function readSamplingCells(
  table: SourceTable,
  { path, sampling = {}, samplingFields = [] }: DataPackage,
  refusals: Refusals,
): CellsRead {
  const readers = rolesIn(sampling).flatMap(([role, column]) =>
    samplingFields
      .filter(({ name }) => name === column)
      .map((field): [string, TableCellReader] => [column, readerOf(role, field, table)]),
  );
  const absent = readers.filter(([name]) => columnIndex(table, name) < 0);
  for (const [name] of absent)
    refusals.add('BAD_HEADER', [`${headerPlace(table)}: the column "${name}" of ${path} is missing`]);
  const present = readers.filter((reader) => !absent.includes(reader));
  const { rows, faulty } = readColumns(table, present, refusals);
  return { rows, faulty: new Set([...faulty, ...absent.map(([name]) => name)]) };
}

function readerOf(role: Role, field: Field, table: SourceTable): TableCellReader {
  const decimal = field.decimalChar ?? table.decimal;
  const whole = { type: 'integer' as const, minimum: 0, maximum: mostExpanded, required: true };
  const readNumber = tableCellReader({ type: 'number', required: true }, decimal);
  const above0 =
    (advice: string): TableCellReader =>
    (cell) => {
      const value = readNumber(cell);
      return isFault(value) || Number(value) > 0 ? value : { fault: `is not above 0; ${advice}` };
    };
  const exposed = above0('correct it, or leave rows without exposure out of the table');
  const readers: Record<Role, TableCellReader> = {
    count: tableCellReader(whole, decimal),
    weight: above0('leave rows without weight out of the table'),
    exposure: (cell) => {
      const value = exposed(cell);
      // it is an input too, which is refused where it is no number
      return isFault(value) && isFault(readNumber(cell)) ? null : value;
    },
    group: (cell) => cellText(cell).trim(),
    time: timeReader(field, table, readNumber),
  };
  const codes = new Set(field.missingValues);
  return (cell) => {
    const text = cellText(cell).trim();
    return role !== 'exposure' && (text === '' || codes.has(text))
      ? { fault: `is missing, but the column is the ${role} of each row` }
      : readers[role](cell);
  };
}

const isoTime = /^\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?)?$/;

function timeReader(field: Field, table: SourceTable, readNumber: TableCellReader): TableCellReader {
  if (field.type === 'integer' || field.type === 'number') return readNumber;
  if (field.type === 'string')
    return (cell) => {
      const text = cellText(cell).trim().replace(' ', 'T');
      return isoTime.test(text)
        ? text
        : { fault: 'is not a time: write a number, or a date as 2024-02-29 or 2024-02-29T13:45' };
    };
  const column = fieldTypeOf(field).checked(field);
  const read = tableCellReader(column, table.decimal, field.timeZone);
  const toCell = kindOf(column).toCell(column as never, field.timeZone);
  return (cell) => {
    const value = read(cell);
    return isFault(value) || value === null ? value : toCell(value);
  };
}
