import type { CellFault, DecimalSign } from '../../text-table/number.ts';
import type { Column, Value } from '../columns.ts';
import type { Texts } from '../texts.ts';

/** A JSON Schema (2020-12). */
export type Schema = Record<string, unknown>;

/** One of the allowed values of a column. */
export interface Level {
  value: Value;
  label: Texts;
  /** Whether a training row has it. */
  seen: boolean;
}

/** The part of a column that its values are checked by. */
export type CheckedColumn<C extends Column> = Omit<
  C,
  'name' | 'label' | 'description' | 'term' | 'group' | 'unseen' | 'example' | 'seen' | 'monotone'
>;

/** The ends of a range, inclusive. */
interface Limits {
  minimum: number;
  maximum: number;
}

/**
 * The differences between column types. A cell is a value as a number: the number itself, the index of a level, or seconds since
 * 1970-01-01T00:00:00 on the clock of the model.
 */
export interface Kind<C extends Column> {
  /** The listed values, in the order of their cells; undefined for numbers and times. */
  levels(column: C): readonly Level[] | undefined;
  /** The cells that the column allows and those of the training rows; undefined for levels. */
  range(column: C): (Limits & { seen: Limits }) | undefined;
  /** Makes the function from a value that has passed `check` to its cell. */
  toCell(column: C, timeZone?: string): (value: Value) => number;
  /** Makes the function from a cell to a value with this cell. */
  toValue(column: C): (cell: number) => Value;
  /** Makes the reader of a cell of text; its value is not checked yet. */
  readText(column: CheckedColumn<C>): (text: string, decimal: DecimalSign) => Value | CellFault;
  /** Why the page or a check of requests could not use the column. */
  fault(column: C): string | undefined;
  /** Makes the check of a given value: it returns the fault, if there is one. */
  check(column: CheckedColumn<C>, timeZone?: string): (value: unknown) => string | undefined;
  /** The allowed values in words, each level as `quote` writes it. */
  allowed(column: CheckedColumn<C>, quote: (level: Value) => string): string;
  /** The warning for a value unlike all training rows. */
  unseen(column: C): string;
  /** A value for examples of requests. */
  example(column: C): Value;
  /** The value at this share of the allowed range, 0 the least and 1 the greatest; for levels less than 1. */
  valueAt(column: C, share: number): Value;
  /** JSON Schema of the values; `codes` mean a missing value, and so does null if `orNull`. */
  schema(column: C, codes: readonly unknown[], orNull: boolean): Schema;
  /** Its datatype in the Open Inference Protocol. */
  datatype: string;
}

/** The declared ends of a range in words, after what is in it: " from 0 to 10", " ≥ 0"; empty without any. */
export function rangeText(
  minimum: number | string | undefined,
  maximum: number | string | undefined,
): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` ≥ ${minimum}`;
  return maximum === undefined ? '' : ` ≤ ${maximum}`;
}

/** The limits, or where there is none the end of the training rows: where values of a column usually are. */
export const usualLimits = <T>({ minimum, maximum, seen }: Range<T> & { seen: Required<Range<T>> }) => ({
  minimum: minimum ?? seen.minimum,
  maximum: maximum ?? seen.maximum,
});
interface Range<T> {
  minimum?: T | undefined;
  maximum?: T | undefined;
}

/** The schema of a value or a code of a missing one. */
export const orCode = (value: Schema, codes: readonly unknown[]): Schema =>
  codes.length > 0 ? { anyOf: [value, { enum: codes, description: 'A missing value.' }] } : value;

/** A JSON type, and null if `orNull`. */
export const typeOr = (type: string, orNull: boolean): string[] => [type, ...(orNull ? ['null'] : [])];
