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

/** The supported types of Table Schema. */
export const fieldTypeNames = ['integer', 'number', 'string'] as const;

export const FieldSchema = v.object({
  name: v.string(),
  type: v.picklist(fieldTypeNames),
  /** The label and the description, where `hearth` has none. */
  title: v.nullish(v.string()),
  description: v.nullish(v.string()),
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
  /** The decimal sign; by default the delimiter of the table decides. */
  decimalChar: v.nullish(v.picklist(['.', ','])),
  hearth: v.optional(
    v.strictObject({
      label: v.optional(Text),
      term: v.optional(Text),
      description: v.optional(Text),
      group: v.optional(v.string()),
      unit: v.optional(Text),
      categories: v.optional(v.array(v.strictObject({ value: v.string(), label: v.optional(Text) }))),
      monotone: v.optional(v.picklist(['increasing', 'decreasing'])),
    }),
  ),
});
/** One field of a Table Schema, with Hearth's texts. */
export interface Field extends v.InferOutput<typeof FieldSchema> {
  /** The cells that mean a missing value: the field's own codes, or those of the table. */
  missingValues: string[];
}

/** The value of a cell, null if it is missing. */
export type Cell = Value | null;
