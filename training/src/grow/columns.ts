/** One input column of the rows that trees are grown on. */
export type GrowColumn = NumericGrowColumn | CategoryGrowColumn;

export interface NumericGrowColumn {
  kind: 'numeric';
  /** Finite, NaN where missing; [rows]. */
  values: Float64Array;
  /** The direction in which the answer may move when this column grows. */
  monotone?: 'increasing' | 'decreasing';
}

export interface CategoryGrowColumn {
  kind: 'category';
  /** Category of each row, 0 … categories-1, NaN where missing; [rows]. */
  values: Float64Array;
  /** Number of categories, also of those that no row has. */
  categories: number;
}

/**
 * The column that each feature of a grown forest belongs to: a numeric column has one feature, a category column one indicator
 * `column = category` for each category, in the order of columns and categories; [features].
 */
export function featureColumns(columns: readonly GrowColumn[]): Int32Array {
  return Int32Array.from(columns.flatMap((column, i) => Array<number>(featuresOf(column)).fill(i)));
}

export const featuresOf = (column: GrowColumn): number => (column.kind === 'numeric' ? 1 : column.categories);
