import { orthonormal, roughness } from './orthonormal.ts';
import type { NumberTable } from './table.ts';

/** A bin holds at most about a sixteenth of the rows … */
const fullest = 16;
/** … and spans at most this many standard deviations. */
const widest = 0.2;
/** Functions of all columns: the time of a fit grows with their square, or cube. */
const mostFunctions = 120;

/** Number of cosines: more rows can show more turns; many columns have few each, and no more functions than rows. */
function wavesFor(values: number, { rows, columns }: { rows: number; columns: number }): number {
  const most = Math.max(4, Math.min(8, Math.floor(0.6 * Math.cbrt(values))));
  const share = Math.floor(Math.min(mostFunctions, rows) / columns) - 1;
  return Math.max(0, Math.min(most, share));
}
/** The most frequent categories have an effect each; the others share one. */
const mostCategories = 30;

/**
 * The functions of one column. Its values fall into bins (a category is a bin); its part of the score is a linear combination of
 * centred functions of the bin. A missing cell adds 0, which is the average.
 */
export interface ColumnBasis {
  /** The categories that have an effect each, the most frequent first; empty for a numeric column. */
  categories: number[];
  /** Ascending; bin b holds `thresholds[b-1] <= x < thresholds[b]`; empty for a category. */
  thresholds: Float64Array;
  bins: number;
  /** Share of the rows with a value, by bin. */
  share: Float64Array;
  /** Values of the functions, [functions][bins]. */
  functions: Float64Array[];
  /** Roughness of each function: 0 for a straight line or a category; [functions]. */
  roughness: Float64Array;
}

/** Values with the weight of each, and the sum of the weights. */
interface Weighted {
  values: Float64Array;
  weights: Float64Array;
  total: number;
}

/** The basis of every column, computed from these rows only. */
export function createBasis(table: NumberTable, rows: Int32Array): ColumnBasis[] {
  const size = { rows: rows.length, columns: table.columns.length };
  return table.columns.map((column, j) => {
    const given = rows.filter((row) => !Number.isNaN(table.x[row][j]));
    return column.kind === 'category'
      ? categoryBasis(weightedValues(table, given, j), column.categories)
      : numericBasis(weightedValues(table, given.sort(byColumn(table, j)), j), size);
  });
}

const byColumn =
  ({ x }: NumberTable, j: number) =>
  (a: number, b: number): number =>
    x[a][j] - x[b][j];

function weightedValues({ x, sampling }: NumberTable, rows: Int32Array, j: number): Weighted {
  const weights = Float64Array.from(rows, (row) => sampling?.weights?.[row] ?? 1);
  return {
    values: Float64Array.from(rows, (row) => x[row][j]),
    weights,
    total: weights.reduce((sum, weight) => sum + weight, 0),
  };
}

/** Bin of a value, -1 for a missing one. */
export function binOf({ thresholds, categories }: ColumnBasis, value: number): number {
  if (Number.isNaN(value)) return -1;
  if (categories.length > 0) return value;
  let bin = 0;
  while (bin < thresholds.length && value >= thresholds[bin]) bin++;
  return bin;
}

/** A centred indicator for each category, so that the ridge shrinks all of them towards the same effect. */
function categoryBasis({ values, weights, total }: Weighted, bins: number): ColumnBasis {
  const share = new Float64Array(bins);
  for (const [i, value] of values.entries()) share[value] += weights[i] / total;
  const categories = Array.from(share.keys())
    .filter((category) => share[category] > 0)
    .sort((a, b) => share[b] - share[a] || a - b)
    .slice(0, mostCategories);
  const functions = categories.map((category) =>
    share.map((_, bin) => (bin === category ? 1 : 0) - share[category]),
  );
  const roughness = new Float64Array(categories.length);
  return { categories, thresholds: new Float64Array(), bins, share, functions, roughness };
}

/**
 * A straight line over the means of the bins, and cosines over the ranks, made orthonormal on the rows by Gram-Schmidt: a low-rank
 * smoothing spline (its functions are close to those of Demmler & Reinsch 1975). Rougher functions have larger penalties.
 */
function numericBasis(sorted: Weighted, size: { rows: number; columns: number }): ColumnBasis {
  const { values, weights, total } = sorted;
  const thresholds = binThresholds(sorted);
  const bins = thresholds.length + 1;
  const share = new Float64Array(bins);
  const mean = new Float64Array(bins);
  let bin = 0;
  for (const [i, value] of values.entries()) {
    while (bin < thresholds.length && value >= thresholds[bin]) bin++;
    share[bin] += weights[i] / total;
    mean[bin] += weights[i] * value;
  }
  let below = 0;
  const rank = share.map((part) => {
    below += part;
    return below - part / 2;
  });
  for (let b = 0; b < bins; b++) mean[b] /= share[b] * total;
  const waves = wavesFor(total, size);
  const line = { heights: mean, cosines: new Float64Array(waves) };
  const cosines = Array.from({ length: waves }, (_, k) => ({
    heights: rank.map((t) => Math.cos(Math.PI * (k + 1) * t)),
    cosines: Float64Array.from({ length: waves }, (_, other) => (other === k ? 1 : 0)),
  }));
  const curves = orthonormal([line, ...cosines], share);
  return {
    categories: [],
    thresholds,
    bins,
    share,
    functions: curves.map(({ heights }) => heights),
    roughness: Float64Array.from(curves, roughness),
  };
}

/** A new bin starts, at the midpoint to the next value, when the bin is full or wide; in the tails, few rows fill a wide bin. */
function binThresholds(sorted: Weighted): Float64Array {
  const { values, weights, total } = sorted;
  const thresholds: number[] = [];
  const width = widest * deviation(sorted);
  let start = 0;
  let inBin = 0;
  for (let i = 1; i < values.length; i++) {
    inBin += weights[i - 1];
    if (values[i] === values[i - 1]) continue;
    if (inBin * fullest < total && values[i] - values[start] < width) continue;
    thresholds.push((values[i - 1] + values[i]) / 2);
    start = i;
    inBin = 0;
  }
  return Float64Array.from(thresholds);
}

function deviation({ values, weights, total }: Weighted): number {
  const mean = values.reduce((sum, value, i) => sum + weights[i] * value, 0) / total;
  return Math.sqrt(values.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0) / total);
}
