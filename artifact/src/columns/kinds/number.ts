import { groupRemover, readNumber } from '../../text-table/number.ts';
import { limitsOf, type NumericColumn } from '../columns.ts';
import { missingValuesOf } from '../missing.ts';
import { someOf } from '../similar.ts';
import { english } from '../texts.ts';
import { typeName } from '../type-name.ts';
import { type CheckedColumn, type Kind, orCode, rangeText, typeOr, usualLimits } from './kind.ts';

const beyondNumbers = 'is too large for a number';

export const number: Kind<NumericColumn> = {
  levels: () => undefined,
  range: (column) => ({
    ...limitsOf(column),
    seen: column.seen.of === 'thresholds' ? limitsOf(column) : column.seen,
  }),
  toCell: () => (value) => value as number,
  toValue: () => (cell) => cell,
  readText({ groupChar }) {
    if (!groupChar) return readNumber;
    const withoutGroups = groupRemover(groupChar);
    return (text, decimal) => {
      if (groupChar === decimal) return readNumber(text, decimal);
      const plain = withoutGroups(text);
      return plain.includes(groupChar)
        ? { fault: `has "${groupChar}" where it does not separate thousands` }
        : readNumber(plain, decimal);
    };
  },
  fault: rangeFault,
  check(column) {
    const { minimum, maximum } = limitsOf(column);
    const below = column.minimum === undefined ? beyondNumbers : 'is too small';
    const above = column.maximum === undefined ? beyondNumbers : 'is too large';
    const known = column.enum && new Set(column.enum);
    return (value) => {
      if (typeof value !== 'number') return `is ${typeName(value)}`;
      if (!Number.isFinite(value)) return beyondNumbers;
      if (value < minimum) return below;
      if (value > maximum) return above;
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
  if (column.enum) return `${someOf(column.enum.map(String))}${unit}`;
  const { minimum, maximum } = limitsOf(column);
  const range = rangeText(
    column.minimum === undefined ? undefined : minimum,
    column.maximum === undefined ? undefined : maximum,
  );
  return `a ${what}${range}${unit}`;
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
  const { minimum, maximum } = limitsOf({ type: column.type, ...usualLimits(column) });
  return Math.min(maximum, minimum + share * (maximum - minimum));
}

function rangeFault(column: NumericColumn): string | undefined {
  const { type, seen, example } = column;
  const { minimum = limitsOf(column).minimum, maximum = limitsOf(column).maximum } = column;
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
