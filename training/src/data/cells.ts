import { inputError } from '../errors.ts';
import type { CsvRow } from './csv.ts';
import type { DataPackage, Field } from './package.ts';

export type Cell = number | string | null;

const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const date = /^\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ].*)?$/;
const shown = 20;

/** What is wrong with a cell, in words, or its value. */
export function readCell(
  field: Field,
  text: string,
  missingValues: readonly string[],
): { value: Cell } | { fault: string } {
  const { type, constraints } = field;
  if (missingValues.includes(text)) {
    return constraints.required ? { fault: 'is empty, and a value is required' } : { value: null };
  }
  const value = type === 'string' ? text : number.test(text) ? Number(text) : undefined;
  const wanted = type === 'integer' ? 'a whole number' : 'a number';
  if (value === undefined)
    return { fault: date.test(text) ? `is a date, not ${wanted}` : `is not ${wanted}` };
  if (type === 'integer' && !Number.isInteger(value)) return { fault: 'is not a whole number' };
  if (constraints.enum && !constraints.enum.includes(value)) {
    return { fault: `is none of ${constraints.enum.join(', ')}` };
  }
  if (typeof value === 'number') {
    if (constraints.minimum !== undefined && value < constraints.minimum)
      return { fault: `is below ${constraints.minimum}` };
    if (constraints.maximum !== undefined && value > constraints.maximum)
      return { fault: `is above ${constraints.maximum}` };
  }
  return { value };
}

/**
 * The values of rows of text, by the fields of the package.
 * @throws InputError BAD_CELLS with file, line, column and value of every bad cell (the first 20 of them).
 */
export function readCells(path: string, rows: readonly CsvRow[], data: DataPackage): Record<string, Cell>[] {
  const fields = [...data.inputs, data.target];
  const faults: string[] = [];
  const values = rows.map(({ line, cells }) => {
    const entries = fields.map((field): [string, Cell] => {
      const cell = readCell(field, cells[field.name], data.missingValues);
      if ('value' in cell) return [field.name, cell.value];
      faults.push(`${path}, line ${line}, column "${field.name}": "${cells[field.name]}" ${cell.fault}`);
      return [field.name, null];
    });
    return Object.fromEntries(entries);
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
  return values;
}

/** The first faults, one a line. */
export function listed(faults: readonly string[]): string {
  const more = faults.length > shown ? [`and ${faults.length - shown} more`] : [];
  return [...faults.slice(0, shown), ...more].join('\n');
}
