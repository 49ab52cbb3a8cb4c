import { Texts, Value } from '@hearth/artifact';
import * as v from 'valibot';

/** Without the spaces around them, as cells are read. v2 gives a code a label as well. */
export const MissingValues = v.pipe(
  v.array(v.union([v.string(), v.object({ value: v.string() })])),
  v.transform((values) => values.map((each) => (typeof each === 'string' ? each : each.value).trim())),
  v.array(v.pipe(v.string(), v.maxLength(100))),
  v.maxLength(1000),
);

/** The types of Table Schema that are read. */
export const fieldTypeNames = ['integer', 'number', 'string'] as const;

export const FieldSchema = v.object({
  name: v.string(),
  type: v.picklist(fieldTypeNames),
  example: v.optional(Value),
  constraints: v.optional(
    v.object({
      required: v.optional(v.boolean()),
      minimum: v.optional(v.number()),
      maximum: v.optional(v.number()),
      enum: v.optional(v.array(v.union([v.string(), v.number()]))),
    }),
    {},
  ),
  missingValues: v.optional(MissingValues),
  /** What stands before decimals; without it the delimiter of the table says. */
  decimalChar: v.nullish(v.picklist(['.', ','])),
  hearth: v.optional(
    v.strictObject({
      label: Texts,
      term: v.optional(Texts),
      description: Texts,
      group: v.string(),
      unit: v.optional(Texts),
      categories: v.optional(v.array(v.strictObject({ value: v.string(), label: Texts }))),
      monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
    }),
  ),
});
/** One field of a Table Schema, with Hearth's texts. */
export interface Field extends v.InferOutput<typeof FieldSchema> {
  /** What stands in a cell for a value that is not known: the field's own, or those of the whole table. */
  missingValues: string[];
}

/** The value of a cell, null where it is not known. */
export type Cell = Value | null;
