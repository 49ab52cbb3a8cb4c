import type { CategoryColumn, CheckedColumn } from '@hearth/artifact';
import type { Field } from '../field.ts';
import { common, type FieldType, listFault, onlyFormats } from './field-type.ts';

/** A column of more categories, found in its table, is open: its table has hardly all that exist. */
const mostClosed = 50;

type Categories = CategoryColumn['categories'];

/** Strings, and integers with `categories`: their codes are texts. */
export const category: FieldType<'category'> = {
  title: 'a string',
  constraints: ['enum'],
  takesCategories: true,
  formatFault: onlyFormats('default', 'email', 'uri', 'uuid', 'binary'),
  checked: (field): CheckedColumn<CategoryColumn> => ({
    type: 'category',
    categories: declaredIn(field) ?? [],
    open: field.hearth?.open || !declaredIn(field),
    ...common(field),
  }),
  levels: (field) => declaredIn(field)?.map(({ value }) => value),
  fault(field) {
    const { constraints, categories, categoriesOrdered, hearth, missingValues, type } = field;
    const lists = {
      'constraints.enum': constraints.enum?.map(String),
      categories: categories?.map(({ value }) => String(value)),
      'hearth.categories': hearth?.categories?.map(({ value }) => value),
    };
    const [first, ...others] = Object.entries(lists).flatMap(([name, list]) =>
      list ? [{ name, list }] : [],
    );
    if (!first) return categoriesOrdered ? 'categoriesOrdered needs categories' : undefined;
    const other = others.find(({ list }) => list.join('\n') !== first.list.join('\n'));
    if (other) return `${first.name} and ${other.name} must name the same values in the same order`;
    const code = first.list.find((value) => missingValues.includes(value));
    if (code !== undefined) return `"${code}" is both in ${first.name} and in missingValues`;
    const outside = first.list.find((value) => type === 'integer' && !isWithin(field, Number(value)));
    if (outside !== undefined) return `${first.name} has ${outside}, which the constraints do not allow`;
    return listFault(field, (value) => typeof value === (type === 'integer' ? 'number' : 'string'));
  },
  anyValue: (field) => declaredIn(field)?.[0].value ?? 'a',
  describe(shared, field, values) {
    const { example, hearth, categoriesOrdered } = field;
    const given = new Set(values.filter((value) => value !== null).map(String));
    const declared = declaredIn(field) ?? [];
    const known = new Set(declared.map(({ value }) => value));
    const found = [...given].filter((value) => !known.has(value)).sort();
    const open = hearth?.open ?? (declared.length === 0 && found.length > mostClosed);
    const unseen = declared.map(({ value }) => value).filter((value) => !given.has(value));
    return {
      ...shared,
      type: 'category',
      categories: [...declared, ...found.map((value) => ({ value }))],
      ...(categoriesOrdered && { ordered: true }),
      ...(open && { open }),
      ...(unseen.length > 0 && { unseen }),
      ...(typeof example === 'string' && { example }),
    };
  },
};

const isWithin = ({ constraints: { minimum = -Infinity, maximum = Infinity } }: Field, code: number) =>
  code >= Number(minimum) && code <= Number(maximum);

/** The categories that the field lists, with their labels; undefined if it lists none. */
export function declaredIn({ constraints, categories, hearth }: Field): Categories | undefined {
  if (hearth?.categories) return hearth.categories;
  const listed = categories ?? constraints.enum?.map((value) => ({ value, label: undefined }));
  return listed?.map(({ value, label }) => ({
    value: String(value),
    ...(label && { label: { en: label } }),
  }));
}
