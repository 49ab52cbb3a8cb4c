import { Value } from '@hearth/artifact';
import * as v from 'valibot';
import { Text } from './text.ts';

/** Trimmed, as cells are. In version 2 of the standard a code may have a label. */
export const MissingValues = v.pipe(
  v.array(v.union([v.string(), v.object({ value: v.string() })])),
  v.transform((values) => values.map((each) => (typeof each === 'string' ? each : each.value).trim())),
  v.array(v.pipe(v.string(), v.maxLength(100))),
  v.maxLength(1000),
);

const code = v.union([v.string(), v.pipe(v.number(), v.integer())]);
/** The categories of version 2 of the standard: of strings, or of integers, whose categories are the texts of the numbers. */
const Categories = v.pipe(
  v.array(v.union([code, v.object({ value: code, label: v.optional(v.string()) })])),
  v.minLength(1),
  v.transform((all) => all.map((each) => (typeof each === 'object' ? each : { value: each }))),
);
const BooleanTexts = v.optional(v.pipe(v.array(v.string()), v.minLength(1)));

/** The supported types of Table Schema. */
export const fieldTypeNames = [
  'integer',
  'number',
  'string',
  'boolean',
  'date',
  'datetime',
  'year',
  'yearmonth',
] as const;

/** What can separate thousands; two of the spaces cannot break a line. */
export const groupSigns = ['.', ',', ' ', '\u00a0', '\u202f', "'"] as const;

const limit = v.optional(v.union([v.number(), v.string()]));

export const FieldSchema = v.object({
  name: v.string(),
  type: v.picklist(fieldTypeNames),
  /** The label and the description, where `hearth` has none. */
  title: v.nullish(v.string()),
  description: v.nullish(v.string()),
  format: v.nullish(v.string()),
  example: v.optional(Value),
  constraints: v.optional(
    v.object({
      required: v.optional(v.boolean()),
      unique: v.optional(v.boolean()),
      /** A text for dates and times. */
      minimum: limit,
      maximum: limit,
      enum: v.optional(v.pipe(v.array(v.union([v.string(), v.number()])), v.minLength(1))),
    }),
    {},
  ),
  missingValues: v.optional(MissingValues),
  categories: v.nullish(Categories),
  categoriesOrdered: v.nullish(v.boolean()),
  trueValues: BooleanTexts,
  falseValues: BooleanTexts,
  /** The decimal sign; by default the delimiter of the table decides. */
  decimalChar: v.nullish(v.picklist(['.', ','])),
  groupChar: v.nullish(v.picklist(groupSigns)),
  hearth: v.optional(
    v.strictObject({
      label: v.optional(Text),
      term: v.optional(Text),
      description: v.optional(Text),
      group: v.optional(v.string()),
      remark: v.optional(Text),
      unit: v.optional(Text),
      otherUnit: v.optional(v.strictObject({ unit: Text, factor: v.pipe(v.number(), v.gtValue(0)) })),
      categories: v.optional(
        v.array(v.strictObject({ value: v.string(), label: v.optional(Text), remark: v.optional(Text) })),
      ),
      /** Whether values that are not listed are answered too, with a warning; by default those of a table with many categories are. */
      open: v.optional(v.boolean()),
      monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
    }),
  ),
});
/** One field of a Table Schema, with Hearth's texts. */
export interface Field extends v.InferOutput<typeof FieldSchema> {
  /** The cells that mean a missing value: the field's own codes, or those of the table. */
  missingValues: string[];
  /** The clock that times with an offset are moved to. */
  timeZone: string;
}

/** The value of a cell, null if it is missing. */
export type Cell = Value | null;
