import type { Column, ColumnOf } from '@hearth/artifact';
import type { ComponentType } from 'preact';
import { CategoryField } from './category-field.tsx';
import type { FieldProps } from './field-props.ts';
import { NumberField } from './number-field.tsx';

/** By type of the column: one that is not in it does not compile. */
const fields: { [T in Column['type']]: ComponentType<FieldProps<ColumnOf<T>>> } = {
  number: NumberField,
  integer: NumberField,
  category: CategoryField,
};

/** The field of one column. */
export function Field(props: FieldProps) {
  const Shown = fields[props.column.type] as ComponentType<FieldProps>;
  return <Shown {...props} />;
}
