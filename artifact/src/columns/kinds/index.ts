import type { Column, ColumnOf, Value } from '../columns.ts';
import { category } from './category.ts';
import type { Kind } from './kind.ts';
import { integer, number } from './number.ts';

export type { CheckedColumn, Schema } from './kind.ts';

/** By type of the column: one that is not in it does not compile. */
const kinds: { [T in Column['type']]: Kind<ColumnOf<T>> } = { number, integer, category };

/** What differs by the type of this column. */
export const kindOf = <C extends Column>({ type }: Pick<C, 'type'>) => kinds[type] as Kind<C>;

/** The values that a column takes, in the order of their cells; undefined for one of numbers. */
export const levelsOf = (column: Column): readonly Value[] | undefined =>
  kindOf(column)
    .levels(column)
    ?.map(({ value }) => value);
