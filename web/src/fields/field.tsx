import type { CategoryColumn, Column } from '@hearth/artifact';
import { ChoiceField } from './choice-field.tsx';
import type { FieldProps } from './field-frame.tsx';
import { isNumericColumn, isOpen, isTimeColumn } from './kinds.ts';
import { NumberField } from './number-field.tsx';
import { SearchField } from './search-field.tsx';
import { TimeField } from './time-field.tsx';

/** With more categories than this, a person searches instead of reading a list. */
const mostListed = 50;

const isLong = (column: Column): column is CategoryColumn =>
  column.type === 'category' && column.categories.length > mostListed;

/** The field of one column: numbers, times, open and many categories are typed, other values are chosen. */
export function Field({ column, ...props }: FieldProps) {
  if (isNumericColumn(column)) return <NumberField {...props} column={column} />;
  if (isTimeColumn(column)) return <TimeField {...props} column={column} />;
  if (isOpen(column) || isLong(column)) return <SearchField {...props} column={column} />;
  return <ChoiceField {...props} column={column} />;
}
