import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-frame.tsx';
import { isNumericColumn, isOpen, isTimeColumn } from './kinds.ts';
import { NumberField } from './number-field.tsx';
import { OpenField } from './open-field.tsx';
import { TimeField } from './time-field.tsx';

/** The field of one column: numbers, times and open categories are typed, other values are chosen. */
export function Field({ column, ...props }: FieldProps) {
  if (isNumericColumn(column)) return <NumberField {...props} column={column} />;
  if (isTimeColumn(column)) return <TimeField {...props} column={column} />;
  if (isOpen(column)) return <OpenField {...props} column={column} />;
  return <ChoiceField {...props} column={column} />;
}
