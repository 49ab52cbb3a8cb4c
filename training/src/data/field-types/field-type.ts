import type { CheckedColumn, Column, ColumnOf, Value } from '@hearth/artifact';
import type { Cell, Field } from '../field.ts';

/** The members that all column types share. */
export type Shared = Pick<
  Column,
  'name' | 'label' | 'term' | 'description' | 'remark' | 'group' | 'required' | 'missingCodes'
>;

/** The differences between types of fields. */
export interface FieldType<T extends Column['type'] = Column['type']> {
  /** Its name in messages. */
  title: string;
  /** The constraints that it takes, besides `required` and `unique`. */
  constraints: readonly string[];
  /** Whether it takes `categories`. */
  takesCategories: boolean;
  /** Why its `format` is not supported. */
  formatFault(format: string): string | undefined;
  /** The part of the column that its cells are checked by. */
  checked(field: Field): CheckedColumn<ColumnOf<T>>;
  /** The listed values; undefined for numbers and times, and for a string whose values come from the table. */
  levels(field: Field): readonly Value[] | undefined;
  /** Why it cannot become a column. */
  fault(field: Field): string | undefined;
  /** A value that a field without faults allows, if one is known. */
  anyValue(field: Field): Cell;
  /** @param values of the training rows */
  describe(shared: Shared, field: Field, values: readonly Cell[]): ColumnOf<T>;
}

/** The part that all checks of cells share. */
export const common = ({ constraints, missingValues }: Field) => ({
  required: constraints.required ?? false,
  missingCodes: missingValues,
});

export const onlyFormats =
  (...known: string[]) =>
  (format: string): string | undefined =>
    known.includes(format) ? undefined : 'leave it out';

/** Names a value of `enum` that the rest of the field does not allow. */
export function listFault({ constraints }: Field, fits: (value: Value) => boolean): string | undefined {
  const wrong = constraints.enum?.find((value) => !fits(value));
  return wrong === undefined
    ? undefined
    : `constraints.enum has ${JSON.stringify(wrong)}, which the field does not allow`;
}
