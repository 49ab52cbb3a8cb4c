import type { Column, ColumnOf, Value } from '../columns.ts';
import { boolean } from './boolean.ts';
import { category } from './category.ts';
import type { Kind } from './kind.ts';
import { integer, number } from './number.ts';
import { date, datetime } from './time.ts';

export type { CheckedColumn, Schema } from './kind.ts';

/** By type; a type without an entry does not compile. */
const kinds: { [T in Column['type']]: Kind<ColumnOf<T>> } = {
  number,
  integer,
  boolean,
  category,
  date,
  datetime,
};

/** The kind of a column. */
export const kindOf = <C extends Column>({ type }: Pick<C, 'type'>) => kinds[type] as Kind<C>;

/** The listed values of a column, in the order of their cells; undefined for numbers and times. */
export const levelsOf = (column: Column): readonly Value[] | undefined =>
  kindOf(column)
    .levels(column)
    ?.map(({ value }) => value);
