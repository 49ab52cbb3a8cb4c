import { printable } from '@hearth/artifact';
import type { SourceTable } from '../sources/index.ts';
import { type CellFault, cellFaultLines } from './cell-faults.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';

type Rows = readonly Record<string, Cell>[];

/** Values that a field with `constraints.unique` has twice, one line for each column. */
export function repeatedValues(table: SourceTable, rows: Rows, fields: readonly Field[]): string[] {
  const unique = fields.filter(({ constraints }) => constraints.unique);
  const faults = unique.flatMap(({ name }) => {
    const firstRows = new Map<Cell, number>();
    return rows.flatMap(({ [name]: value = null }, row): CellFault[] => {
      if (value === null) return [];
      const before = firstRows.get(value);
      if (before === undefined) {
        firstRows.set(value, row);
        return [];
      }
      const place = `${table.unit} ${table.rows[before].place}`;
      return [{ row, column: name, fault: `is the value of ${place} too, but is unique`, kind: 'unique' }];
    });
  });
  return cellFaultLines(table, faults);
}

/** Longer texts are not categories. */
const longest = 100;

/** Texts that cannot be categories, where a field does not list them, one line for each column. */
export function categoryFaults(table: SourceTable, rows: Rows, inputs: readonly Field[]): string[] {
  const fields = inputs.filter((field) => fieldTypeOf(field).takesCategories && field.type === 'string');
  const faults = fields.flatMap(({ name }) =>
    rows.flatMap(({ [name]: value }, row): CellFault[] => {
      const fault = typeof value === 'string' ? categoryFault(value) : undefined;
      return fault ? [{ row, column: name, fault }] : [];
    }),
  );
  return cellFaultLines(table, faults);
}

function categoryFault(text: string): string | undefined {
  if (text.length > longest) return `has more than ${longest} characters; leave a column of free text out`;
  if (text.trim() !== text) return 'begins or ends with a space, which no category does';
  return printable(text, longest) === text ? undefined : 'has a character that cannot be printed';
}
