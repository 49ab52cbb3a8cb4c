import type { CategoryColumn } from '../columns.ts';
import { typeName } from '../type-name.ts';
import type { Kind } from './kind.ts';

const valuesOf = ({ categories }: CategoryColumn): string[] => categories.map(({ value }) => value);

export const category: Kind<CategoryColumn> = {
  levels: valuesOf,
  check(column) {
    const known = new Set<unknown>(valuesOf(column));
    return (value) => {
      if (typeof value !== 'string') return `is ${typeName(value)}`;
      return known.has(value) ? undefined : 'is not one of the categories';
    };
  },
  allowed: (column, quote) => valuesOf(column).map(quote).join(', '),
  unseen: () => 'is a category that no training row has',
  example(column) {
    const values = valuesOf(column);
    return values.find((value) => !column.unseen?.includes(value)) ?? values[0];
  },
  valueAt(column, share) {
    const values = valuesOf(column);
    return values[Math.floor(share * values.length)];
  },
  schema: (column, codes, orNull) => ({
    type: ['string', ...(orNull ? ['null'] : [])],
    enum: [...valuesOf(column), ...codes, ...(orNull ? [null] : [])],
  }),
  datatype: 'BYTES',
};
