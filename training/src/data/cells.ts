import { missingValuesOf, type Value } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import type { CsvRow } from './csv.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypes } from './field-types.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';

const date = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ].*)?$/;

/** Reads the cells of one field: what is wrong with one, in words, or its value. */
export type CellReader = (text: string) => { value: Cell } | { fault: string };

/** What has to be known of a field to read its cells. */
export interface CellField extends Pick<Field, 'type' | 'missingValues'> {
  constraints: { required?: boolean; minimum?: number; maximum?: number; enum?: readonly Value[] };
}

/** Makes the reader of a field's cells, once per table. */
export function cellReader({ type, constraints, missingValues }: CellField): CellReader {
  const { column, value: wanted, read, valueFault } = fieldTypes[type];
  const missing = missingValuesOf({ type: column, missingCodes: missingValues });
  const { minimum = -Infinity, maximum = Infinity, enum: list } = constraints;

  function constraintFault(value: Value): string | undefined {
    if (typeof value === 'number' && value < minimum) return `is below ${minimum}`;
    if (typeof value === 'number' && value > maximum) return `is above ${maximum}`;
    return list && !list.includes(value) ? `is none of ${list.join(', ')}` : undefined;
  }

  return (text) => {
    const value = read(text);
    if (missing?.has(text) || missing?.has(value)) {
      return constraints.required ? { fault: 'is empty, and a value is required' } : { value: null };
    }
    if (value === undefined)
      return { fault: date.test(text) ? `is a date, not ${wanted}` : `is not ${wanted}` };
    const fault = valueFault(value) ?? constraintFault(value);
    return fault === undefined ? { value } : { fault };
  };
}

/**
 * The values of rows of text, by the fields of the package.
 * @throws InputError BAD_CELLS with file, line, column and value of every bad cell (the first 20 of them).
 */
export function readCells(path: string, rows: readonly CsvRow[], data: DataPackage): Record<string, Cell>[] {
  const readers = [...data.inputs, data.target].map((field) => [field.name, cellReader(field)] as const);
  const faults: string[] = [];
  const values = rows.map(({ line, cells }) => {
    const entries = readers.map(([name, read]): [string, Cell] => {
      const cell = read(cells[name]);
      if ('value' in cell) return [name, cell.value];
      faults.push(`${path}, line ${line}, column "${name}": "${cells[name]}" ${cell.fault}`);
      return [name, null];
    });
    return Object.fromEntries(entries);
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
  return values;
}
