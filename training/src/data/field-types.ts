import type { CategoryColumn, CheckedColumn, Column, ColumnOf, NumericColumn, Value } from '@hearth/artifact';
import type { Cell, Field } from './field.ts';

/** The members that all column types share. */
type Shared = Pick<Column, 'name' | 'label' | 'term' | 'description' | 'group' | 'required' | 'missingCodes'>;

/** The differences between types of fields. */
interface FieldType<T extends Column['type']> {
  /** The type of the column that a field becomes. */
  column: T;
  /** Its name in messages. */
  title: string;
  constraints: readonly string[];
  formats: readonly string[];
  /** The part of the column that its cells are checked by. */
  checked(field: Field): CheckedColumn<ColumnOf<T>>;
  /** The allowed values; undefined for numbers. */
  levels(field: Field): readonly Value[] | undefined;
  /** Why it cannot become a column. */
  fault(field: Field): string | undefined;
  /** @param values of the training rows */
  describe(shared: Shared, field: Field, values: readonly Cell[]): ColumnOf<T>;
}

const number: FieldType<'number'> = {
  column: 'number',
  title: 'a number',
  constraints: ['required', 'unique', 'enum', 'minimum', 'maximum'],
  formats: ['default'],
  checked: (field) => ({ type: 'number', ...limits(field) }),
  levels: () => undefined,
  fault: ({ constraints }) => listFault(constraints, Number.isFinite),
  describe: (shared, field, values) => ({ ...shared, type: 'number', ...ofNumbers(field, values) }),
};

const integer: FieldType<'integer'> = {
  ...number,
  column: 'integer',
  title: 'an integer',
  checked: (field) => ({ type: 'integer', ...limits(field) }),
  fault: ({ constraints }) => listFault(constraints, Number.isSafeInteger),
  describe: (shared, field, values) => ({ ...shared, type: 'integer', ...ofNumbers(field, values) }),
};

const string: FieldType<'category'> = {
  column: 'category',
  title: 'a string',
  constraints: ['required', 'unique', 'enum'],
  formats: ['default', 'email', 'uri', 'uuid', 'binary'],
  checked: (field) => ({ type: 'category', categories: categoriesOf(field), ...common(field) }),
  levels: ({ constraints }) => constraints.enum ?? [],
  fault({ constraints, hearth, missingValues }) {
    const { enum: values = [] } = constraints;
    const labelled = hearth?.categories?.map(({ value }) => value) ?? values;
    if (values.length === 0 || labelled.join('\n') !== values.join('\n'))
      return 'constraints.enum names the values; hearth.categories, if there is any, names the same';
    const code = values.map(String).find((value) => missingValues.includes(value));
    return (
      listFault(constraints, (value) => typeof value === 'string') ??
      (code && `"${code}" is both in constraints.enum and in missingValues`)
    );
  },
  describe(shared, field, values) {
    const { example } = field;
    const categories = categoriesOf(field);
    const given = new Set(values);
    const unseen = categories.map(({ value }) => value).filter((value) => !given.has(value));
    return {
      ...shared,
      type: 'category',
      categories,
      ...(unseen.length > 0 && { unseen }),
      ...(typeof example === 'string' && { example }),
    };
  },
};

/** The values, with the labels that the data package gives them. */
const categoriesOf = ({ constraints, hearth }: Field): CategoryColumn['categories'] =>
  hearth?.categories ?? (constraints.enum ?? []).map((value) => ({ value: String(value) }));

const common = ({ constraints, missingValues }: Field) => ({
  required: constraints.required ?? false,
  missingCodes: missingValues,
});

function limits(field: Field): Omit<CheckedColumn<NumericColumn>, 'type'> {
  const { enum: list } = field.constraints;
  const unit = field.hearth?.unit;
  return {
    ...declared(field),
    ...(list && { enum: list as number[] }),
    ...(unit && { unit }),
    ...common(field),
  };
}

const declared = ({ constraints: { minimum, maximum } }: Field) => ({
  ...(minimum !== undefined && { minimum }),
  ...(maximum !== undefined && { maximum }),
});

/** Names a value of `enum` that the rest of the field does not allow. */
function listFault(
  { enum: list, minimum = -Infinity, maximum = Infinity }: Field['constraints'],
  fits: (value: Value) => boolean,
): string | undefined {
  const wrong = list?.find(
    (value) => !fits(value) || (typeof value === 'number' && !(value >= minimum && value <= maximum)),
  );
  return wrong === undefined
    ? undefined
    : `constraints.enum has ${JSON.stringify(wrong)}, which the field does not allow`;
}

function ofNumbers(field: Field, values: readonly Cell[]): Omit<NumericColumn, keyof Shared | 'type'> {
  const { constraints, example, hearth } = field;
  const given = values.filter((value) => typeof value === 'number');
  return {
    ...(hearth?.unit && { unit: hearth.unit }),
    ...declared(field),
    ...(constraints.enum && { enum: constraints.enum as number[] }),
    ...(typeof example === 'number' && { example }),
    seen: {
      minimum: given.reduce((a, b) => Math.min(a, b)),
      maximum: given.reduce((a, b) => Math.max(a, b)),
    },
    ...(hearth?.monotone && { monotone: hearth.monotone }),
  };
}

/** By type; a type without an entry does not compile. */
export const fieldTypes: { [T in Field['type']]: FieldType<Column['type']> } = { integer, number, string };
