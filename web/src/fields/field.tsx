import type { Column } from '@hearth/artifact';
import { isNumericColumn } from '../columns.ts';
import { CategoryField } from './category-field.tsx';
import type { Fault } from './entries.ts';
import { NumberField } from './number-field.tsx';

export interface FieldProps<C extends Column = Column> {
  column: C;
  entry: string;
  fault: Fault | undefined;
  enter(text: string): void;
}

/** The field of one column. */
export function Field({ column, ...shared }: FieldProps) {
  return isNumericColumn(column) ? (
    <NumberField column={column} {...shared} />
  ) : (
    <CategoryField column={column} {...shared} />
  );
}
