import { isNumericColumn } from '../columns.ts';
import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';

/** The field of one column: numbers are typed, everything else is chosen. */
export function Field({ column, ...props }: FieldProps) {
  return isNumericColumn(column) ? (
    <NumberField {...props} column={column} />
  ) : (
    <ChoiceField {...props} column={column} />
  );
}
