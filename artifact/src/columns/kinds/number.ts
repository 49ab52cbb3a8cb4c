import { readNumber } from '../../text-table/number.ts';
import { limitsOf, type NumericColumn } from '../columns.ts';
import { missingValuesOf } from '../missing.ts';
import { english } from '../texts.ts';
import { typeName } from '../type-name.ts';
import { type CheckedColumn, type Kind, orCode, typeOr } from './kind.ts';

export const number: Kind<NumericColumn> = {
  levels: () => undefined,
  range: (column) => ({ ...limitsOf(column), seen: column.seen }),
  toCell: () => (value) => value as number,
  toValue: () => (cell) => cell,
  readText: readNumber,
  fault: rangeFault,
  check(column) {
    const { minimum, maximum } = column;
    const known = column.enum && new Set(column.enum);
    return (value) => {
      if (typeof value !== 'number') return `is ${typeName(value)}`;
      if (!Number.isFinite(value)) return 'is too large for a number';
      if (value < minimum) return 'is too small';
      if (value > maximum) return 'is too large';
      return known && !known.has(value) ? 'is not one of the values' : undefined;
    };
  },
  allowed: (column) => allowedNumbers(column, 'number'),
  unseen: ({ seen }) => `is outside the range of the training rows, ${seen.minimum} to ${seen.maximum}`,
  example: (column) => exampleNumber(column, (middle) => Number(middle.toPrecision(3))),
  valueAt: numberAt,
  schema(column, codes, orNull) {
    const values = column.enum && [...column.enum, ...(orNull ? [null] : [])];
    const value = {
      type: typeOr(column.type, orNull),
      ...limitsOf(column),
      ...(values && { enum: values }),
    };
    return { ...orCode(value, codes), ...(column.unit && { 'x-unit': english(column.unit) }) };
  },
  datatype: 'FP64',
};

export const integer: Kind<NumericColumn> = {
  ...number,
  check(column) {
    const fault = number.check(column);
    return (value) => {
      if (Number.isFinite(value)) {
        if (!Number.isInteger(value)) return 'is not a whole number';
        if (!Number.isSafeInteger(value))
          return 'is a whole number beyond 2^53 - 1, which cannot be read exactly';
      }
      return fault(value);
    };
  },
  allowed: (column) => allowedNumbers(column, 'whole number'),
  example: (column) => exampleNumber(column, Math.round),
  valueAt: (column, share) => Math.round(numberAt(column, share)),
  datatype: 'INT64',
};

function allowedNumbers(column: CheckedColumn<NumericColumn>, what: string): string {
  const unit = column.unit ? ` (${english(column.unit)})` : '';
  if (column.enum) return `${column.enum.join(', ')}${unit}`;
  // a target may have no limits
  if (column.minimum === -Infinity && column.maximum === Infinity) return `a ${what}${unit}`;
  const { minimum, maximum } = limitsOf(column);
  return `a ${what} from ${minimum} to ${maximum}${unit}`;
}

function exampleNumber(column: NumericColumn, round: (middle: number) => number): number {
  const { minimum, maximum } = column.seen;
  const missing = missingValuesOf(column);
  // the ends of the seen range are values of training rows
  const candidates = column.enum ?? [round((minimum + maximum) / 2), minimum, maximum];
  return candidates.find((value) => !missing?.has(value) && value >= minimum && value <= maximum) ?? minimum;
}

function numberAt(column: NumericColumn, share: number): number {
  const listed = column.enum?.toSorted((a, b) => a - b);
  if (listed) return listed[Math.min(listed.length - 1, Math.floor(share * listed.length))];
  const { minimum, maximum } = limitsOf(column);
  return minimum + share * (maximum - minimum);
}

function rangeFault(column: NumericColumn): string | undefined {
  const { type, minimum, maximum, seen, example } = column;
  const allowed = (value: number) => value >= minimum && value <= maximum;
  if (minimum > maximum) return `allows nothing: its minimum is ${minimum}, its maximum ${maximum}`;
  if (type === 'integer' && Math.ceil(minimum) > Math.floor(maximum)) {
    return `allows nothing: there is no whole number from ${minimum} to ${maximum}`;
  }
  if (seen.minimum > seen.maximum || !allowed(seen.minimum) || !allowed(seen.maximum)) {
    return `was seen from ${seen.minimum} to ${seen.maximum}, which is not within ${minimum} to ${maximum}`;
  }
  if (example === undefined) return undefined;
  const fits =
    allowed(example) &&
    (type === 'number' || Number.isInteger(example)) &&
    (column.enum?.includes(example) ?? true) &&
    !missingValuesOf(column)?.has(example);
  return fits ? undefined : `has the example ${example}, which it does not allow`;
}
