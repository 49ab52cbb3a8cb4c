import type { Column, Value } from '../columns/columns.ts';
import { type CheckedColumn, kindOf } from '../columns/kinds/index.ts';
import { missingValuesOf } from '../columns/missing.ts';
import { advised } from '../columns/similar.ts';
import type { CellFault, DecimalSign } from './number.ts';

/** Reads a cell of text: its value, null where it is missing, or what is wrong with it. */
export type CellReader = (text: string) => Value | null | CellFault;

export const isFault = (cell: Value | null | CellFault): cell is CellFault =>
  typeof cell === 'object' && cell !== null;

/**
 * Makes the reader of a column's cells, once per table.
 * @param timeZone of the manifest, for times with an offset
 * @param isUsed whether the model uses the column; if not, it takes any text
 */
export function cellReader(
  column: CheckedColumn<Column>,
  decimal: DecimalSign,
  timeZone?: string,
  isUsed = true,
): CellReader {
  const { check, allowed, ...kind } = kindOf(column);
  const readText = kind.readText(column);
  const missing = missingValuesOf(column);
  const whenMissing = column.required ? { fault: 'is missing, but required' } : null;
  const complain = check(column, timeZone);
  const keepsSpaces = column.type === 'category';
  const orEmpty = column.required ? '' : ', or an empty cell for a missing value';
  const advice = allowed(column, JSON.stringify) + orEmpty;

  return (cell) => {
    const text = keepsSpaces ? cell : cell.trim();
    if (text === '' || missing?.has(text)) return whenMissing;
    const value = readText(text, decimal);
    if (missing?.has(value)) return whenMissing;
    const fault = typeof value === 'object' ? value.fault : complain(value);
    if (fault === undefined) return value as Value;
    if (!isUsed) return text;
    return { fault: advised(text === 'NA' ? notAvailable : fault, advice) };
  };
}

const notAvailable = 'is NA: leave a cell without a value empty (in R: na = "")';
