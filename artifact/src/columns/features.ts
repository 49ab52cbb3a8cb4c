import * as v from 'valibot';
import { type Part, parts } from './calendar.ts';
import type { Column } from './columns.ts';

/** A number that trees and linear terms see of a column: the cell itself, or what the only other member derives from it (docs/FORMAT.md). */
export const Feature = v.pipe(
  v.strictObject({
    column: v.string(),
    /** 1 if the cell is this category, else 0. */
    equals: v.optional(v.string()),
    /** The bit of the cell in the set of categories that begins at this byte of `sets`. */
    in: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    /** A number for each category, and one for values that are not listed; null: missing. */
    numbers: v.optional(v.array(v.nullable(v.pipe(v.number(), v.finite())))),
    /** A part of a date or a time. */
    part: v.optional(v.picklist(Object.keys(parts) as Part[])),
    /** The cell, or missing where it is no further from 0 than this. */
    nonzero: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
    /** max(0, cell − above) */
    above: v.optional(v.pipe(v.number(), v.finite())),
    /** The natural logarithm of the cell. */
    log: v.optional(v.literal(true)),
  }),
  v.check((feature) => Object.keys(feature).length <= 2, 'a feature is derived in more than one way'),
);
export type Feature = v.InferOutput<typeof Feature>;

/** The inputs of a model: its columns and the features of its trees. */
export interface Inputs {
  columns: readonly Column[];
  /** On whose clock times are. */
  timeZone?: string;
  features: readonly Feature[];
}

/** The features of a column for learners: the cell, or an indicator of each category. */
export const featuresOf = (column: Column): Feature[] =>
  column.type === 'category'
    ? column.categories.map(({ value }) => ({ column: column.name, equals: value }))
    : [{ column: column.name }];

/** Names of the columns that have features. */
export const usedColumns = (features: readonly Feature[]): Set<string> =>
  new Set(features.map(({ column }) => column));
