import * as v from 'valibot';
import { Texts } from './texts.ts';

const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

const shared = {
  name,
  label: Texts,
  /** One plain line for a layperson. */
  description: Texts,
  /** The term a clinician or other expert would use, where it differs from the label. */
  term: v.optional(Texts),
  /** Name of the group on the page. */
  group: name,
  /** A row without this column is refused. */
  required: v.boolean(),
  /** What stands in the table for a value that is not known, besides an empty cell: codes such as "-99" or "NA". */
  missingCodes: v.optional(v.pipe(v.array(name), v.minLength(1), v.maxLength(1000))),
};

export const NumericColumn = v.strictObject({
  ...shared,
  type: v.picklist(['number', 'integer']),
  unit: v.optional(Texts),
  /** Allowed values, inclusive. */
  minimum: finite,
  maximum: finite,
  /** The only values allowed, where not every one between the limits is. */
  enum: v.optional(v.pipe(v.array(finite), v.minLength(1), v.maxLength(1000))),
  /** The value that the page starts with; without it the field starts empty. */
  example: v.optional(finite),
  /** The range of the training rows, inclusive: outside it a prediction carries a warning. */
  seen: v.strictObject({ minimum: finite, maximum: finite }),
  /** The direction in which the answer may move when this column grows. */
  monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
});
export type NumericColumn = v.InferOutput<typeof NumericColumn>;

export const CategoryColumn = v.strictObject({
  ...shared,
  type: v.literal('category'),
  categories: v.pipe(
    v.array(v.strictObject({ value: name, label: Texts })),
    v.minLength(1),
    v.maxLength(1000),
  ),
  /** Those that no training row had: with one of them a prediction carries a warning. */
  unseen: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  example: v.optional(v.string()),
});
export type CategoryColumn = v.InferOutput<typeof CategoryColumn>;

/** One input of a model. */
export const Column = v.variant('type', [NumericColumn, CategoryColumn]);
export type Column = v.InferOutput<typeof Column>;

/** The column of one type. */
export type ColumnOf<T extends Column['type']> = Column extends infer C
  ? C extends { type: infer Types }
    ? T extends Types
      ? C
      : never
    : never
  : never;

export const isNumeric = <C extends Pick<Column, 'type'>>(
  column: C,
): column is Extract<C, { type: NumericColumn['type'] }> =>
  column.type === 'number' || column.type === 'integer';

const values = [v.number(), v.string()] as const;
/** What a column of a row can hold. */
export const Value = v.union(values);
export type Value = v.InferOutput<typeof Value>;
/** The same, or null where it is not known. */
export const ValueOrNull = v.union([...values, v.null()]);

/** A row as a person or a service gives it: any column may be absent or null, unless it is required. */
export type Row = Readonly<Record<string, Value | null | undefined>>;

/** The least and greatest value allowed: whole numbers beyond 2^53 - 1 are not exact, so that 9007199254740993 would be read as …992. */
export const limitsOf = ({
  type,
  minimum,
  maximum,
}: Pick<NumericColumn, 'type' | 'minimum' | 'maximum'>): { minimum: number; maximum: number } =>
  type === 'integer'
    ? {
        minimum: Math.max(minimum, Number.MIN_SAFE_INTEGER),
        maximum: Math.min(maximum, Number.MAX_SAFE_INTEGER),
      }
    : { minimum, maximum };
