import type { CheckedColumn, NumericColumn, Value } from '@hearth/artifact';
import type { Cell, Field } from '../field.ts';
import { common, type FieldType, listFault, onlyFormats, type Shared } from './field-type.ts';

/** The years of the calendar. */
const years = { minimum: 1, maximum: 9999 };

export const number: FieldType<'number'> = {
  title: 'a number',
  constraints: ['enum', 'minimum', 'maximum'],
  takesCategories: false,
  formatFault: onlyFormats('default'),
  checked: (field) => ({ type: 'number', ...checkedBy(field) }),
  levels: () => undefined,
  fault: (field) => numbersFault(field, Number.isFinite),
  anyValue(field) {
    const { minimum, maximum } = limitsOf(field);
    return field.constraints.enum?.[0] ?? minimum ?? maximum ?? 0;
  },
  describe: (shared, field, values) => ({ ...shared, type: 'number', ...ofNumbers(field, values) }),
};

export const integer: FieldType<'integer'> = {
  ...number,
  title: 'an integer',
  checked: (field) => ({ type: 'integer', ...checkedBy(field) }),
  fault: (field) => numbersFault(field, Number.isSafeInteger),
  describe: (shared, field, values) => ({ ...shared, type: 'integer', ...ofNumbers(field, values) }),
};

export const year: FieldType<'integer'> = {
  ...integer,
  title: 'a year',
};

/** The limits that the field declares; other values than those of the table are answered with a warning. */
const limitsOf = (field: Field): { minimum?: number; maximum?: number } => {
  const { minimum, maximum } = field.constraints as { minimum?: number; maximum?: number };
  return {
    ...(field.type === 'year' && years),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  };
};

const declaredBy = ({ constraints, groupChar }: Field) => ({
  ...(constraints.enum && { enum: constraints.enum as number[] }),
  ...(groupChar && { groupChar }),
});

function checkedBy(field: Field): Omit<CheckedColumn<NumericColumn>, 'type'> {
  const unit = field.hearth?.unit;
  return { ...limitsOf(field), ...declaredBy(field), ...(unit && { unit }), ...common(field) };
}

function numbersFault(field: Field, fits: (value: Value) => boolean): string | undefined {
  const { minimum = -Infinity, maximum = Infinity } = limitsOf(field);
  if (typeof minimum === 'string' || typeof maximum === 'string')
    return 'constraints.minimum and constraints.maximum of a number are numbers';
  const inside = (value: Value) => typeof value === 'number' && value >= minimum && value <= maximum;
  return listFault(field, (value) => fits(value) && inside(value));
}

function ofNumbers(field: Field, values: readonly Cell[]): Omit<NumericColumn, keyof Shared | 'type'> {
  const { example, hearth } = field;
  const given = values.filter((value) => typeof value === 'number');
  return {
    ...(hearth?.unit && { unit: hearth.unit }),
    ...(hearth?.otherUnit && { otherUnit: hearth.otherUnit }),
    ...limitsOf(field),
    ...declaredBy(field),
    ...(typeof example === 'number' && { example }),
    seen: {
      minimum: given.reduce((a, b) => Math.min(a, b)),
      maximum: given.reduce((a, b) => Math.max(a, b)),
    },
    ...(hearth?.monotone && { monotone: hearth.monotone }),
  };
}
