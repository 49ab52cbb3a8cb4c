import { inputError } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';
import { type CellFault, cellFaultLines } from './cell-faults.ts';
import type { Cell, Field } from './field.ts';
import type { DataPackage } from './package.ts';

/** Learning squares numbers, and squares sums of squares: larger numbers would overflow. */
const largest = 1e50;
/** Smaller differences would underflow to 0. */
const smallest = 1e-50;

/** Numbers that are too large to learn from, one line for each column. */
export function magnitudeFaults(
  table: SourceTable,
  rows: readonly Record<string, Cell>[],
  fields: readonly Field[],
): string[] {
  const faults = rows.flatMap((values, row) =>
    fields
      .filter(({ name }) => typeof values[name] === 'number' && Math.abs(values[name]) > largest)
      .map(
        ({ name }): CellFault => ({
          row,
          column: name,
          fault: 'is too large to learn from; use another unit',
        }),
      ),
  );
  return cellFaultLines(table, faults);
}

/** @throws InputError for a target whose variance would be 0 */
export function assertVaries({ csv, target: { name } }: DataPackage, target: Float64Array): void {
  const least = target.reduce((a, b) => Math.min(a, b), Infinity);
  const most = target.reduce((a, b) => Math.max(a, b), -Infinity);
  if (target.length === 0 || most - least >= smallest) return;
  throw inputError('BAD_TARGET', csv, `the values of "${name}" differ by too little; use another unit`);
}
