import { type CategoryGrowColumn, featuresOf, type GrowColumn, type NumericGrowColumn } from './columns.ts';

/** Most bins that values can have: with the bin of missing values they fill one byte. */
const maximumBins = 255;

/** A column as small numbers. Bins of a numeric column are ordered; a bin of a category column is one category. */
export interface BinnedColumn {
  kind: GrowColumn['kind'];
  /** Bin of each row, 0 … size-1, or `size` where missing; [rows]. */
  bins: Uint8Array;
  size: number;
  /** Smallest and largest value in each bin of a numeric column; [size], else empty. */
  lowest: Float64Array;
  highest: Float64Array;
  /** Index of the column's first feature. */
  feature: number;
  /** 1 where the answer may only grow with the column, -1 where only fall, else 0. */
  direction: number;
}

/** Columns in bins, made once and shared by every forest that is grown on any of the rows. */
export interface BinnedTable {
  columns: BinnedColumn[];
  rows: number;
}

/**
 * Puts every column into at most 255 bins. A numeric column with up to 255 distinct values has one bin for each, so that its
 * splits are exact; one with more has bins of about as many rows each. The target plays no part. The features of the grown forests
 * are numbered in the order of columns and categories.
 * @throws RangeError for a column of another length, or with more than 255 categories
 */
export function binTable(columns: readonly GrowColumn[]): BinnedTable {
  const rows = columns[0]?.values.length ?? 0;
  let feature = 0;
  const binned = columns.map((column, i) => {
    if (column.values.length !== rows) {
      throw new RangeError(`column ${i} has ${column.values.length} rows, column 0 has ${rows}`);
    }
    if (column.kind === 'category' && column.categories > maximumBins) {
      throw new RangeError(
        `column ${i} has ${column.categories} categories; at most ${maximumBins} can be grown on`,
      );
    }
    const first = feature;
    feature += featuresOf(column);
    return column.kind === 'numeric' ? binNumbers(column, first) : binCategories(column, first);
  });
  return { columns: binned, rows };
}

function binNumbers({ values, monotone }: NumericGrowColumn, feature: number): BinnedColumn {
  const { lowest, highest } = binBounds(values);
  const size = lowest.length;
  const bins = Uint8Array.from(values, (value) => (Number.isNaN(value) ? size : lastAtMost(lowest, value)));
  const direction = monotone === 'increasing' ? 1 : monotone === 'decreasing' ? -1 : 0;
  return { kind: 'numeric', bins, size, lowest, highest, feature, direction };
}

function binCategories({ values, categories }: CategoryGrowColumn, feature: number): BinnedColumn {
  const bins = Uint8Array.from(values, (value) => (Number.isNaN(value) ? categories : value));
  const none = new Float64Array(0);
  return { kind: 'category', bins, size: categories, lowest: none, highest: none, feature, direction: 0 };
}

function binBounds(values: Float64Array): { lowest: Float64Array; highest: Float64Array } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const starts = Array.from(sorted.keys()).filter((i) => i === 0 || sorted[i] !== sorted[i - 1]);
  const share = (rank: number) => Math.floor((rank * maximumBins) / sorted.length);
  const first =
    starts.length <= maximumBins
      ? starts
      : starts.filter((rank, i) => i === 0 || share(rank) !== share(starts[i - 1]));
  return {
    lowest: Float64Array.from(first, (rank) => sorted[rank]),
    highest: Float64Array.from(first, (_, i) => sorted[(first[i + 1] ?? sorted.length) - 1]),
  };
}

/** Index of the last entry of ascending `bounds` that is at most `value`. */
function lastAtMost(bounds: Float64Array, value: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bounds[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
