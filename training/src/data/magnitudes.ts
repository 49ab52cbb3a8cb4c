import { inputError } from '../errors.ts';
import type { SourceTable } from '../sources/index.ts';
import { cellText, columnIndex } from './cells.ts';
import type { Cell } from './field.ts';
import { listed } from './listed.ts';
import type { DataPackage } from './package.ts';

/** Learning squares numbers, and squares sums of squares: larger numbers would overflow. */
const largest = 1e50;
/** Smaller differences would underflow to 0. */
const smallest = 1e-50;

/** @throws InputError naming file, line, column and value of every number that is too large to learn from */
export function assertMagnitudes(
  table: SourceTable,
  rows: readonly Record<string, Cell>[],
  data: DataPackage,
): void {
  const faults = rows.flatMap((row, i) =>
    [...data.inputs, data.target]
      .filter(({ name }) => typeof row[name] === 'number' && Math.abs(row[name]) > largest)
      .map(({ name }) => {
        const { place, cells } = table.rows[i];
        const cell = cellText(cells[columnIndex(table, name)]);
        return `${table.path}, ${table.unit} ${place}, column "${name}": "${cell}" is too large to learn from; use another unit`;
      }),
  );
  if (faults.length > 0) throw inputError('BAD_CELLS', listed(faults));
}

/** @throws InputError for a target whose variance would be 0 */
export function assertVaries({ csv, target: { name } }: DataPackage, target: Float64Array): void {
  const least = target.reduce((a, b) => Math.min(a, b));
  const most = target.reduce((a, b) => Math.max(a, b));
  if (most - least >= smallest) return;
  throw inputError('BAD_TARGET', csv, `the values of "${name}" differ by too little; use another unit`);
}
