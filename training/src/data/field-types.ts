import type { Column, ColumnOf, NumericColumn, Value } from '@hearth/artifact';
import type { Cell, Field } from './field.ts';

/** What columns of every type have. */
type Shared = Pick<Column, 'name' | 'label' | 'term' | 'description' | 'group' | 'required' | 'missingCodes'>;

/** What differs by the type of a field. A value is what a cell says by `read`. */
interface FieldType<T extends Column['type']> {
  /** The type of the column that a field becomes. */
  column: T;
  /** What messages call a column, and a value. */
  title: string;
  value: string;
  constraints: readonly string[];
  formats: readonly string[];
  /** Undefined where the text says no value. */
  read(text: string): Value | undefined;
  /** What is wrong with a value, whatever the constraints. */
  valueFault(value: Value): string | undefined;
  /** The values that it takes; undefined for numbers. */
  levels(field: Field): readonly Value[] | undefined;
  /** What keeps it from becoming a column. */
  fault(field: Field): string | undefined;
  /** @param values of the training rows */
  describe(shared: Shared, field: Field, values: readonly Cell[]): ColumnOf<T>;
}

const number: FieldType<'number'> = {
  column: 'number',
  title: 'a number',
  value: 'a number',
  constraints: ['required', 'unique', 'enum', 'minimum', 'maximum'],
  formats: ['default'],
  read: (text) => (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined),
  valueFault: (value) => (Number.isFinite(value) ? undefined : 'is too large for a number'),
  levels: () => undefined,
  fault: ({ constraints }) => limitsFault(constraints) ?? listFault(constraints, Number.isFinite),
  describe: (shared, field, values) => ({ ...shared, type: 'number', ...ofNumbers(field, values) }),
};

const integer: FieldType<'integer'> = {
  ...number,
  column: 'integer',
  title: 'an integer',
  value: 'a whole number',
  valueFault(value) {
    if (!Number.isFinite(value)) return number.valueFault(value);
    if (!Number.isInteger(value)) return 'is not a whole number';
    if (Number.isSafeInteger(value)) return undefined;
    return 'is a whole number beyond 2^53 - 1, which cannot be told from its neighbours; for a name or a code, make the column a string';
  },
  fault: ({ constraints }) => limitsFault(constraints) ?? listFault(constraints, Number.isSafeInteger),
  describe: (shared, field, values) => ({ ...shared, type: 'integer', ...ofNumbers(field, values) }),
};

const string: FieldType<'category'> = {
  column: 'category',
  title: 'a string',
  value: 'a text',
  constraints: ['required', 'unique', 'enum'],
  formats: ['default', 'email', 'uri', 'uuid', 'binary'],
  read: (text) => text,
  valueFault: () => undefined,
  levels: ({ constraints }) => constraints.enum ?? [],
  fault({ constraints, hearth, missingValues }) {
    const labelled = hearth?.categories?.map(({ value }) => value) ?? [];
    if (labelled.length === 0 || labelled.join('\n') !== constraints.enum?.join('\n'))
      return 'constraints.enum and hearth.categories name the same values';
    const code = labelled.find((value) => missingValues.includes(value));
    return (
      listFault(constraints, (value) => typeof value === 'string') ??
      (code && `"${code}" is both in constraints.enum and in missingValues`)
    );
  },
  describe(shared, { example, hearth }, values) {
    const categories = hearth?.categories ?? [];
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

const limitsFault = ({ minimum, maximum }: Field['constraints']): string | undefined =>
  minimum === undefined || maximum === undefined
    ? 'a number has constraints.minimum and constraints.maximum'
    : undefined;

/** A value of the list that the rest of the field does not allow. */
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

function ofNumbers(
  { constraints, example, hearth }: Field,
  values: readonly Cell[],
): Omit<NumericColumn, keyof Shared | 'type'> {
  const given = values.filter((value) => typeof value === 'number');
  return {
    ...(hearth?.unit && { unit: hearth.unit }),
    minimum: constraints.minimum as number,
    maximum: constraints.maximum as number,
    ...(constraints.enum && { enum: constraints.enum as number[] }),
    ...(typeof example === 'number' && { example }),
    seen: {
      minimum: given.reduce((a, b) => Math.min(a, b)),
      maximum: given.reduce((a, b) => Math.max(a, b)),
    },
    ...(hearth?.monotone && { monotone: hearth.monotone }),
  };
}

/** By type of the field: one that is not in it does not compile. */
export const fieldTypes: { [T in Field['type']]: FieldType<Column['type']> } = { integer, number, string };

/** The type of the fields that become columns of this type. */
export function fieldTypeOf({ type }: Column): Field['type'] {
  const names = Object.keys(fieldTypes) as Field['type'][];
  return names.find((name) => fieldTypes[name].column === type) as Field['type'];
}
