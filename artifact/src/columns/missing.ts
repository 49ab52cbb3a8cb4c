import { isDecimal } from '../text-table/number.ts';
import type { Column } from './columns.ts';

/**
 * The values of a column that stand for one that is not known: the codes as text, and in a numeric column the numbers that they are, so
 * that "-99", -99 and -99.0 are one code in every format. Undefined where the column has none.
 */
export function missingValuesOf(
  column: Pick<Column, 'type' | 'missingCodes'>,
): ReadonlySet<unknown> | undefined {
  const { missingCodes: codes, type } = column;
  if (!codes) return undefined;
  return new Set<unknown>(type === 'category' ? codes : [...codes, ...missingNumbers(codes)]);
}

/** The codes that are numbers. */
export const missingNumbers = (codes: readonly string[]): number[] => codes.filter(isDecimal).map(Number);
