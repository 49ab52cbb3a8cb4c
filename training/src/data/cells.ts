import { type CheckedColumn, type Column, printable } from '@hearth/artifact';
import { type CellReader, cellReader, decimalOf, isFault } from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import { rolesIn } from '../sampling/columns.ts';
import { samplingReader } from '../sampling/read.ts';
import type { Csv } from './csv.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';
import { checkedTarget } from './targets.ts';

/** @throws InputError for a separator of thousands that is also the decimal sign of the table, where serving reads it as that */
function assertGroups({ path, delimiter }: Csv, { groupChar, name }: Field): void {
  if (!groupChar || groupChar !== decimalOf(delimiter)) return;
  throw inputError(
    'BAD_PACKAGE',
    path,
    `field "${name}", groupChar`,
    `"${groupChar}" is the decimal sign of a table with ${JSON.stringify(delimiter)} between cells; ${delimiter === ',' ? 'separate cells with semicolons' : 'separate them with commas'}`,
  );
}

/** The values of the rows of a data package's table, by its fields. @throws InputError BAD_CELLS */
export function readCells(csv: Csv, { inputs, target }: DataPackage): Record<string, Cell>[] {
  const readerOf = (field: Field, column: CheckedColumn<Column>): [string, CellReader] => {
    assertGroups(csv, field);
    return [field.name, cellReader(column, field.decimalChar ?? decimalOf(csv.delimiter), field.timeZone)];
  };
  return readColumns(csv, [
    ...inputs.map((field) => readerOf(field, fieldTypeOf(field).checked(field))),
    readerOf(target, checkedTarget(target)),
  ]);
}

/** The values of the columns that say how the rows came about. @throws InputError BAD_CELLS */
export function readSamplingCells(
  csv: Csv,
  { sampling = {}, samplingFields = [] }: DataPackage,
): Record<string, Cell>[] {
  const readers = rolesIn(sampling).flatMap(([role, column]) =>
    samplingFields
      .filter(({ name }) => name === column)
      .map((field): [string, CellReader] => {
        const decimal = field.decimalChar ?? decimalOf(csv.delimiter);
        return [column, samplingReader(role, field, decimal)];
      }),
  );
  return readColumns(csv, readers);
}

/**
 * The values of these columns, row by row.
 * @throws InputError BAD_CELLS with file, line, column and value of every bad cell (the first of them)
 */
export function readColumns(
  { path, header, rows }: Csv,
  readers: readonly (readonly [name: string, read: CellReader])[],
): Record<string, Cell>[] {
  const inOrder = readers.toSorted(([a], [b]) => header.indexOf(a) - header.indexOf(b));
  const faults: string[] = [];
  const values = rows.map(({ line, cells }) => {
    const entries = inOrder.map(([name, read]): [string, Cell] => {
      const cell = read(cells[name]);
      if (!isFault(cell)) return [name, cell];
      faults.push(`${path}, line ${line}, column "${name}": "${printable(cells[name], 60)}" ${cell.fault}`);
      return [name, null];
    });
    return Object.fromEntries(entries);
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
  return values;
}
