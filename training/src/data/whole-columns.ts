import { printable } from '@hearth/artifact';
import { inputError } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';

type Rows = readonly Record<string, Cell>[];

/** @throws InputError naming file, place and column of values that a field with `constraints.unique` has twice */
export function assertUnique({ path, unit, rows: places }: SourceTable, rows: Rows, data: DataPackage): void {
  const fields = [...data.inputs, data.target].filter(({ constraints }) => constraints.unique);
  const faults = fields.flatMap(({ name }) => {
    const lines = new Map<Cell, number>();
    return rows.flatMap((row, i) => {
      const { place } = places[i];
      const before = lines.get(row[name]);
      if (row[name] !== null && before === undefined) lines.set(row[name], place);
      if (before === undefined) return [];
      return [
        `${path}, ${unit} ${place}, column "${name}": has the value of ${unit} ${before}, but is unique`,
      ];
    });
  });
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
}

/** Longer texts are not categories. */
const longest = 100;

/** @throws InputError naming file, place and column of texts that cannot be categories, where a field does not list them */
export function assertCategories(
  { path, unit, rows: places }: SourceTable,
  rows: Rows,
  inputs: readonly Field[],
): void {
  const fields = inputs.filter((field) => fieldTypeOf(field).takesCategories && field.type === 'string');
  const faults = fields.flatMap(({ name }) =>
    rows.flatMap((row, i) => {
      const fault = typeof row[name] === 'string' ? categoryFault(row[name]) : undefined;
      return fault ? [`${path}, ${unit} ${places[i].place}, column "${name}": ${fault}`] : [];
    }),
  );
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
}

function categoryFault(text: string): string | undefined {
  if (text.length > longest) return `has more than ${longest} characters; leave a column of free text out`;
  if (text.trim() !== text) return 'begins or ends with a space, which no category does';
  return printable(text, longest) === text ? undefined : 'has a character that cannot be printed';
}
