import { isNumericColumn } from '../columns.ts';
import { CategoryField } from './category-field.tsx';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';

/** The field of one column. */
export function Field({ column, ...shared }: FieldProps) {
  return isNumericColumn(column) ? (
    <NumberField column={column} {...shared} />
  ) : (
    <CategoryField column={column} {...shared} />
  );
}
