import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-frame.tsx';
import { isNumericColumn } from './kinds.ts';
import { NumberField } from './number-field.tsx';

/** The field of one column: numbers are typed, other values are chosen. */
export function Field({ column, ...props }: FieldProps) {
  return isNumericColumn(column) ? (
    <NumberField {...props} column={column} />
  ) : (
    <ChoiceField {...props} column={column} />
  );
}
