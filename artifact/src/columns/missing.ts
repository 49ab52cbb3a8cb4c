import { isDecimal } from '../text-table/number.ts';
import { type Column, isNumeric } from './columns.ts';

/**
 * The values that mean *missing* in a column: its codes as text and, in a numeric column, as numbers too, so that "-99", -99 and
 * -99.0 are the same code in every format. Undefined if the column has no codes.
 */
export function missingValuesOf(
  column: Pick<Column, 'type' | 'missingCodes'>,
): ReadonlySet<unknown> | undefined {
  const { missingCodes: codes } = column;
  if (!codes) return undefined;
  return new Set<unknown>(isNumeric(column) ? [...codes, ...missingNumbers(codes)] : codes);
}

/** The codes that are numbers. */
export const missingNumbers = (codes: readonly string[]): number[] => codes.filter(isDecimal).map(Number);
