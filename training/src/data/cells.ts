import { missingValuesOf } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import type { CsvRow } from './csv.ts';
import { listed } from './listed.ts';
import type { DataPackage, Field } from './package.ts';

export type Cell = number | string | null;

const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const date = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ].*)?$/;

/** Reads the cells of one field: what is wrong with one, in words, or its value. */
export type CellReader = (text: string) => { value: Cell } | { fault: string };

/** Makes the reader of a field's cells, once per table. */
export function cellReader({ type, constraints, missingValues }: Field): CellReader {
  const missing = missingValuesOf({
    type: type === 'string' ? 'category' : type,
    missingCodes: missingValues,
  });
  const wanted = type === 'integer' ? 'a whole number' : 'a number';
  const { minimum = -Infinity, maximum = Infinity } = constraints;

  function faultOf(value: string | number): string | undefined {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) return 'is too large for a number';
      if (type === 'integer' && !Number.isInteger(value)) return 'is not a whole number';
      if (type === 'integer' && !Number.isSafeInteger(value))
        return 'is a whole number beyond 2^53 - 1, which cannot be told from its neighbours; for a name or a code, make the column a string';
      if (value < minimum) return `is below ${minimum}`;
      if (value > maximum) return `is above ${maximum}`;
    }
    if (constraints.enum && !constraints.enum.includes(value))
      return `is none of ${constraints.enum.join(', ')}`;
    return undefined;
  }

  return (text) => {
    const value = type === 'string' ? text : number.test(text) ? Number(text) : undefined;
    if (missing?.has(text) || missing?.has(value)) {
      return constraints.required ? { fault: 'is empty, and a value is required' } : { value: null };
    }
    if (value === undefined)
      return { fault: date.test(text) ? `is a date, not ${wanted}` : `is not ${wanted}` };
    const fault = faultOf(value);
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
