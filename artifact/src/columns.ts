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
};

export const NumericColumn = v.strictObject({
  ...shared,
  type: v.picklist(['number', 'integer']),
  unit: v.optional(Texts),
  /** Allowed values, inclusive. */
  minimum: finite,
  maximum: finite,
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

export const isNumeric = (column: Column): column is NumericColumn => column.type !== 'category';

/** A row as a person or a service gives it: any column may be absent or null, unless it is required. */
export type Row = Readonly<Record<string, number | string | null | undefined>>;

/** The range of the training rows of each column, for cells; what has none has no end. [columns] */
export function seenRanges(columns: readonly Column[]): { least: Float64Array; most: Float64Array } {
  const seen = columns.map((column) => (isNumeric(column) ? column.seen : undefined));
  return {
    least: Float64Array.from(seen, (range) => range?.minimum ?? Number.NEGATIVE_INFINITY),
    most: Float64Array.from(seen, (range) => range?.maximum ?? Number.POSITIVE_INFINITY),
  };
}
