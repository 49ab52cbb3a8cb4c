import { unprintable } from '../../printable.ts';
import type { CategoryColumn, Value } from '../columns.ts';
import { someOf, suggester } from '../similar.ts';
import { typeName } from '../type-name.ts';
import { type Kind, typeOr } from './kind.ts';

const valuesOf = ({ categories }: Pick<CategoryColumn, 'categories'>): string[] =>
  categories.map(({ value }) => value);

/** The value of the cell of all values that are not listed: no category is empty. */
const unlisted = '';

export const category: Kind<CategoryColumn> = {
  levels({ categories, unseen }) {
    const without = new Set(unseen);
    return categories.map(({ value, label = { en: value } }) => ({
      value,
      label,
      seen: !without.has(value),
    }));
  },
  range: () => undefined,
  toCell(column) {
    const indices = new Map<Value, number>(valuesOf(column).map((value, index) => [value, index]));
    return (value) => indices.get(value) ?? indices.size;
  },
  toValue(column) {
    const values = valuesOf(column);
    return (cell) => values[cell] ?? unlisted;
  },
  readText: () => (text) => text,
  fault: categoriesFault,
  check(column) {
    const values = valuesOf(column);
    const known = new Set<unknown>(values);
    const suggest = suggester(values);
    return (value) => {
      if (typeof value !== 'string') {
        const text = String(value);
        return `is ${typeName(value)}${known.has(text) ? `; did you mean "${text}"?` : ''}`;
      }
      return column.open || known.has(value) ? undefined : `is not one of the categories${suggest(value)}`;
    };
  },
  allowed: (column, quote) =>
    `${someOf(valuesOf(column).map(quote))}${column.open ? ', or another text' : ''}`,
  unseen: () => 'is a category that no training row has',
  example(column) {
    const values = valuesOf(column);
    return values.find((value) => !column.unseen?.includes(value)) ?? values[0];
  },
  valueAt(column, share) {
    const values = valuesOf(column);
    return values[Math.floor(share * values.length)];
  },
  schema(column, codes, orNull) {
    const type = typeOr('string', orNull);
    const values = [...valuesOf(column), ...codes, ...(orNull ? [null] : [])];
    if (!column.open) return { type, enum: values };
    return { type, anyOf: [{ enum: values }, { description: 'Another category, answered with a warning.' }] };
  },
  datatype: 'BYTES',
};

function categoriesFault({ categories, unseen, missingCodes, example }: CategoryColumn): string | undefined {
  const values = categories.map(({ value }) => value);
  const unusable = values.find((value) => value.trim() !== value || unprintable.test(value));
  if (unusable !== undefined) return `has the category "${unusable}", which no cell can contain`;
  const known = new Set(values);
  if (known.size < values.length) return 'has a category twice';
  const unknown = unseen?.find((value) => !known.has(value));
  if (unknown !== undefined) return `has "${unknown}" in no training row, which is not one of its categories`;
  const code = missingCodes?.find((value) => known.has(value));
  if (code !== undefined) return `has the category "${code}", which means a missing value`;
  if (example === undefined || known.has(example)) return undefined;
  return `has the example "${example}", which is not one of its categories`;
}
