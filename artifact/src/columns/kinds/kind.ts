import type { CellFault, DecimalSign } from '../../text-table/number.ts';
import type { Column, Value } from '../columns.ts';
import type { Texts } from '../texts.ts';

/** A JSON Schema (2020-12). */
export type Schema = Record<string, unknown>;

/** One of the values that a column takes. */
export interface Level {
  value: Value;
  label: Texts;
  /** Whether some training row had it. */
  seen: boolean;
}

/** What its values are checked by. */
export type CheckedColumn<C extends Column> = Omit<
  C,
  'name' | 'label' | 'description' | 'term' | 'group' | 'unseen' | 'example' | 'seen' | 'monotone'
>;

/** What differs by the type of a column. A cell is a value as a number: the number itself, or the index of a level. */
export interface Kind<C extends Column> {
  /** The values that it takes, in the order of their cells; undefined for numbers, which are cells themselves. */
  levels(column: C): readonly Level[] | undefined;
  /** The value that a cell of text is, before it is checked. A level is written as `String` writes it. */
  readText(text: string, decimal: DecimalSign): Value | CellFault;
  /** Why a page could not ask for the column, or no request be checked against it. */
  fault(column: C): string | undefined;
  /** Makes the function that says what is wrong with a value that is given, if anything. */
  check(column: CheckedColumn<C>): (value: unknown) => string | undefined;
  /** What it takes, in words, each level as `quote` writes it. */
  allowed(column: CheckedColumn<C>, quote: (level: Value) => string): string;
  /** What a person should know about a value that no training row was like. */
  unseen(column: C): string;
  /** A value to show how to ask. */
  example(column: C): Value;
  /** The value at this share of all that is allowed, 0 the least and 1 the greatest; of levels 1 is not reached. */
  valueAt(column: C, share: number): Value;
  /** JSON Schema of the values; `codes` stand for one that is not known, null where `orNull`. */
  schema(column: C, codes: readonly unknown[], orNull: boolean): Schema;
  /** Its datatype in the Open Inference Protocol. */
  datatype: string;
}
