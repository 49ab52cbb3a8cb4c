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

/** A numeric column has one feature; a category column one indicator `column = category` for each category. */
export const featuresOf = (column: GrowColumn): number => (column.kind === 'numeric' ? 1 : column.categories);
