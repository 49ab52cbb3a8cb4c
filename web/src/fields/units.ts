import type { NumericColumn } from '@hearth/artifact';

/** How many digits a value has that was converted. */
const digits = 3;

/** A value of the column in its other unit. */
export const inOtherUnit = ({ otherUnit }: NumericColumn, value: number): number =>
  Number((value * (otherUnit?.factor ?? 1)).toPrecision(digits));

/** A value in the other unit as a value of the column: a whole number, if the column has whole numbers only. */
export function fromOtherUnit({ otherUnit, type }: NumericColumn, value: number): number {
  const own = value / (otherUnit?.factor ?? 1);
  return type === 'integer' ? Math.round(own) : Number(own.toPrecision(digits + 3));
}
