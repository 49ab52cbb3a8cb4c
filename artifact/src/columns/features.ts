import * as v from 'valibot';
import type { Column, Row } from './columns.ts';
import { levelsOf } from './kinds/index.ts';

/** A number that a tree can split on: a numeric column, or 1 if a column has the category `equals`, else 0. */
export const Feature = v.strictObject({ column: v.string(), equals: v.optional(v.string()) });
export type Feature = v.InferOutput<typeof Feature>;

/** The inputs of a model: its columns and the features of its trees. */
export interface Inputs {
  columns: readonly Column[];
  features: readonly Feature[];
}

/** Writes the features of a row that has passed `rowCheck` into `x`, NaN if missing; [features]. */
export function encodeRow(features: readonly Feature[], row: Row, x: Float64Array): void {
  for (let i = 0; i < features.length; i++) {
    const { column, equals } = features[i];
    const value = Object.hasOwn(row, column) ? row[column] : null;
    if (value === null || value === undefined) x[i] = Number.NaN;
    else x[i] = equals === undefined ? (value as number) : String(value) === equals ? 1 : 0;
  }
}

/** All possible features of a column: the number, or an indicator of each level. */
export const featuresOf = (column: Column): Feature[] =>
  levelsOf(column)?.map((level) => ({ column: column.name, equals: String(level) })) ?? [
    { column: column.name },
  ];

/** Names of the columns that have features. */
export const usedColumns = (features: readonly Feature[]): Set<string> =>
  new Set(features.map(({ column }) => column));
