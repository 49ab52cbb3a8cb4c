import { printable } from '@hearth/artifact';
import { type CellReader, cellReader, decimalOf, isFault } from '@hearth/artifact/text-table';
import { inputError } from '../errors.ts';
import { rolesIn } from '../sampling/columns.ts';
import { samplingReader } from '../sampling/read.ts';
import type { Csv } from './csv.ts';
import type { Cell } from './field.ts';
import { fieldTypes } from './field-types.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';

/** The values of the rows of a data package's table, by its fields. @throws InputError BAD_CELLS */
export function readCells(csv: Csv, { inputs, target }: DataPackage): Record<string, Cell>[] {
  const readers = [...inputs, target].map((field): [string, CellReader] => {
    const decimal = field.decimalChar ?? decimalOf(csv.delimiter);
    return [field.name, cellReader(fieldTypes[field.type].checked(field), decimal)];
  });
  return readColumns(csv, readers);
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
