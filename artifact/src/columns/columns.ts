import * as v from 'valibot';
import { Texts } from './texts.ts';

export const finite = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** A column has at most so many categories. */
export const mostCategories = 100_000;

const texts = v.optional(v.pipe(v.array(name), v.minLength(1), v.maxLength(100)));

const shared = {
  name,
  label: v.optional(Texts),
  /** One line for a layperson. */
  description: v.optional(Texts),
  /** The term of a clinician or other expert, if it differs from the label. */
  term: v.optional(Texts),
  /** What a reader of an explanation should know about this column, such as a direction that surprises. */
  remark: v.optional(Texts),
  /** Name of the column's group on the page. */
  group: v.optional(name),
  /** A row without this column is refused. */
  required: v.optional(v.boolean()),
  /** Codes that mean a missing value, such as "-99" or "NA", in addition to an empty cell. */
  missingCodes: v.optional(v.pipe(v.array(name), v.minLength(1), v.maxLength(1000))),
};

export const NumericColumn = v.strictObject({
  ...shared,
  type: v.picklist(['number', 'integer']),
  unit: v.optional(Texts),
  /** Another unit that people measure it in: a value in it is the value of the column times `factor`. */
  otherUnit: v.optional(v.strictObject({ unit: Texts, factor: v.pipe(finite, v.gtValue(0)) })),
  /** Allowed values, inclusive; without one, `limitsOf` says how far numbers can go. */
  minimum: v.optional(finite),
  maximum: v.optional(finite),
  /** The allowed values, if not every value within the limits is allowed. */
  enum: v.optional(v.pipe(v.array(finite), v.minLength(1), v.maxLength(1000))),
  /** The initial value on the page; without it the field is empty at first. */
  example: v.optional(finite),
  /**
   * The range of the training rows, inclusive; a value outside it is answered with a warning. Of an imported model whose training rows are
   * not known, the range around its thresholds, for the page alone.
   */
  seen: v.strictObject({ minimum: finite, maximum: finite, of: v.optional(v.literal('thresholds')) }),
  /** What separates thousands in tables, unless it is the decimal sign of a table. */
  groupChar: v.optional(v.picklist(['.', ',', ' ', '\u00a0', '\u202f', "'"])),
  /** The direction in which the answer can change when this column increases. */
  monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
});
export type NumericColumn = v.InferOutput<typeof NumericColumn>;

export const BooleanColumn = v.strictObject({
  ...shared,
  type: v.literal('boolean'),
  example: v.optional(v.boolean()),
  /** The texts of true and of false in tables, instead of those of Table Schema. */
  trueValues: texts,
  falseValues: texts,
});
export type BooleanColumn = v.InferOutput<typeof BooleanColumn>;

export const CategoryColumn = v.strictObject({
  ...shared,
  type: v.literal('category'),
  categories: v.pipe(
    v.array(v.strictObject({ value: name, label: v.optional(Texts), remark: v.optional(Texts) })),
    v.minLength(1),
    v.maxLength(mostCategories),
  ),
  /** Whether the categories are in ascending order. */
  ordered: v.optional(v.boolean()),
  /** Whether any other text is a value too; it is answered with a warning. */
  open: v.optional(v.boolean()),
  /** Categories without a training row; they are answered with a warning. */
  unseen: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  example: v.optional(v.string()),
});
export type CategoryColumn = v.InferOutput<typeof CategoryColumn>;

/** A date or a time. All members are texts without an offset, and their kind checks them. */
export const TimeColumn = v.strictObject({
  ...shared,
  type: v.picklist(['date', 'datetime']),
  /** Allowed values, inclusive; without one, the years 0001 to 9999. */
  minimum: v.optional(v.string()),
  maximum: v.optional(v.string()),
  /** How tables write it, such as %d/%m/%Y, besides ISO 8601. */
  format: v.optional(v.string()),
  example: v.optional(v.string()),
  /** The range of the training rows, inclusive; a value outside it is answered with a warning. */
  seen: v.strictObject({ minimum: v.string(), maximum: v.string() }),
});
export type TimeColumn = v.InferOutput<typeof TimeColumn>;

/** One input of a model. */
export const Column = v.variant('type', [NumericColumn, BooleanColumn, CategoryColumn, TimeColumn]);
export type Column = v.InferOutput<typeof Column>;

/** The columns with this type. */
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

const values = [v.number(), v.string(), v.boolean()] as const;
/** A value of a column in a row. */
export const Value = v.union(values);
export type Value = v.InferOutput<typeof Value>;
/** The same, or null if it is missing. */
export const ValueOrNull = v.union([...values, v.null()]);

/** A row as a client sends it: columns that are not required can be absent or null. */
export type Row = Readonly<Record<string, Value | null | undefined>>;

/** A column without limits ends at the greatest number of 32 bits: every sum of features stays finite, and a tensor can carry each value. */
const greatest = 3.4028234663852886e38;

/** The allowed range. Whole numbers beyond 2^53 - 1 are excluded because they are not exact: 9007199254740993 would become …992. */
export const limitsOf = ({
  type,
  minimum = -greatest,
  maximum = greatest,
}: Pick<NumericColumn, 'type' | 'minimum' | 'maximum'>): { minimum: number; maximum: number } =>
  type === 'integer'
    ? {
        minimum: Math.max(minimum, Number.MIN_SAFE_INTEGER),
        maximum: Math.min(maximum, Number.MAX_SAFE_INTEGER),
      }
    : { minimum, maximum };
