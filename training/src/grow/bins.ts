/** One input column of the rows that trees are grown on. */
export type GrowColumn = (NumericGrowColumn | CategoryGrowColumn) & {
  /** Columns with the same number are given or missing together, such as the parts of a date; by default its own index. */
  owner?: number;
  /** Whether no answer is without it. */
  always?: boolean;
};

export interface NumericGrowColumn {
  kind: 'numeric';
  /** Finite, NaN where missing; [rows]. */
  values: Float64Array;
  /** The direction in which the answer may change as this column increases. */
  monotone?: 'increasing' | 'decreasing';
}

export interface CategoryGrowColumn {
  kind: 'category';
  /** Category of each row, 0 … categories-1, NaN where missing; [rows]. */
  values: Float64Array;
  /** Number of categories, including those that occur in no row. */
  categories: number;
}

/** A numeric column has one feature; a category column one indicator `column = category` for each category. */
export const featuresOf = (column: GrowColumn): number => (column.kind === 'numeric' ? 1 : column.categories);

/** Maximum number of bins for values; with the bin of missing values, they fill one byte. */
export const maximumBins = 255;

/** The meaning of a column's bins: ordered ranges of a numeric column, or the categories of a category column. */
export interface ColumnBins {
  kind: GrowColumn['kind'];
  size: number;
  /** Smallest and largest value in each bin of a numeric column; [size], else empty. */
  lowest: Float64Array;
  highest: Float64Array;
  /** Index of the column's first feature. */
  feature: number;
  /** Columns with the same number are given or missing together. */
  owner: number;
  /** Whether no answer is without it. */
  always: boolean;
  /** 1 if the answer may only increase with the column, -1 if only decrease, else 0. */
  direction: number;
}

/** A column as bin numbers. */
export interface BinnedColumn extends ColumnBins {
  /** Bin of each row, 0 … size-1, or `size` where missing; [rows]. */
  bins: Uint8Array;
}

type Unowned = Omit<BinnedColumn, 'owner' | 'always'>;

/** Columns in bins, computed once and shared by all forests on any of the rows. */
export interface BinnedTable {
  columns: BinnedColumn[];
  rows: number;
}

/**
 * Puts every column into at most 255 bins. A numeric column with up to 255 distinct values has a bin for each, so that its splits are
 * exact; with more values, bins have about equal numbers of rows. The target is not used. The features of the grown forests are numbered
 * in the order of columns and categories.
 * @throws RangeError if columns differ in length, or one has more than 255 categories
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
        `column ${i} has ${column.categories} categories; at most ${maximumBins} are supported`,
      );
    }
    const first = feature;
    feature += featuresOf(column);
    const { owner = i, always = false } = column;
    return {
      owner,
      always,
      ...(column.kind === 'numeric' ? binNumbers(column, first) : binCategories(column, first)),
    };
  });
  return { columns: binned, rows };
}

/** The bins of a column, which tables that have other columns beside it share. */
const known = new WeakMap<Float64Array, Pick<BinnedColumn, 'bins' | 'size' | 'lowest' | 'highest'>>();

function binNumbers({ values, monotone }: NumericGrowColumn, feature: number): Unowned {
  const of = known.get(values) ?? sortIntoBins(values);
  known.set(values, of);
  const direction = monotone === 'increasing' ? 1 : monotone === 'decreasing' ? -1 : 0;
  return { kind: 'numeric', ...of, feature, direction };
}

function sortIntoBins(values: Float64Array) {
  const { lowest, highest } = binBounds(values);
  const size = lowest.length;
  const bins = sharedBytes(values.length);
  for (let row = 0; row < bins.length; row++) {
    bins[row] = Number.isNaN(values[row]) ? size : lastAtMost(lowest, values[row]);
  }
  return { bins, size, lowest, highest };
}

function binCategories({ values, categories }: CategoryGrowColumn, feature: number): Unowned {
  const bins = sharedBytes(values.length);
  for (let row = 0; row < bins.length; row++) {
    bins[row] = Number.isNaN(values[row]) ? categories : values[row];
  }
  const none = new Float64Array(0);
  return { kind: 'category', bins, size: categories, lowest: none, highest: none, feature, direction: 0 };
}

/** Shared memory, because all threads read the same bins. */
const sharedBytes = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));

function binBounds(values: Float64Array): { lowest: Float64Array; highest: Float64Array } {
  const sorted = sortedValues(values);
  const first = firstRanks(sorted);
  return {
    lowest: Float64Array.from(first, (rank) => sorted[rank]),
    highest: Float64Array.from(first, (_, i) => sorted[(first[i + 1] ?? sorted.length) - 1]),
  };
}

/** Memory that all columns are sorted in: what each would leave behind is more than the table. */
let room = new Float64Array(0);

/** The values that are not missing, ascending; until the next call. */
function sortedValues(values: Float64Array): Float64Array {
  if (room.length < values.length) room = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    room[count] = value;
    if (!Number.isNaN(value)) count++;
  }
  return room.subarray(0, count).sort();
}

/** Rank of the first value of each bin. */
function firstRanks(sorted: Float64Array): number[] {
  const share = (rank: number) => Math.floor((rank * maximumBins) / sorted.length);
  const distinct: number[] = [];
  const shared: number[] = [];
  let before = 0;
  for (let rank = 0; rank < sorted.length; rank++) {
    if (rank > 0 && sorted[rank] === sorted[rank - 1]) continue;
    if (distinct.length <= maximumBins) distinct.push(rank);
    if (rank === 0 || share(rank) !== share(before)) shared.push(rank);
    before = rank;
  }
  return distinct.length <= maximumBins ? distinct : shared;
}

/** Index of the last element of ascending `bounds` that is at most `value`. */
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

/** The columns that are given or missing together, by their indices, in order. */
export const togetherIn = (columns: readonly ColumnBins[]): number[][] => [
  ...Map.groupBy(columns.keys(), (i) => columns[i].owner).values(),
];
