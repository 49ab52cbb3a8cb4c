import type { Column } from '@hearth/artifact';
import { labelsOf, splitRows } from './evaluation/folds.ts';
import { type Sampling, totalWeight } from './sampling/sampling.ts';
import type { Variable } from './variables.ts';

const folds = 5;
/** Always the same: which rows are encoded together is no choice of the user. */
const seed = 20_011;

interface Target {
  target: ArrayLike<number>;
  hasClasses: boolean;
  sampling?: Sampling;
  /** Of several classes. */
  classes?: readonly unknown[];
}

/** Of several classes, the most frequent ones have numbers. */
const mostNumbers = 10;

/** Makes the variables of a column of many categories from the targets of some rows. */
export type Encoder = (rows: Int32Array) => Variable[];

/**
 * A number for each category: its mean target, shrunk to the mean of all rows as far as categories differ by chance (Micci-Barreca 2001,
 * SIGKDD Explorations 3); of several classes, one for the share of each class. Training rows must not see their own target in it: each has
 * the number that the four other fifths of the training rows give its category (cross-fitting; Pargent et al. 2022, Computational
 * Statistics 37). Other rows, and readers of the artifact, have the number from all training rows. A category in no training row, and one
 * that is not listed, have the mean.
 */
export function encoderOf(column: Column, cells: Float64Array, owner: number, of: Target): Encoder {
  const count = column.type === 'category' ? column.categories.length : 0;
  const means = meansOf(of);
  const { weights, groups } = of.sampling ?? {};
  const labels = labelsOf(of);
  return (rows) => {
    const splits = splitRows({ rows, labels, ...(groups && { sampling: { groups } }) }, folds, seed);
    return means.map((mean) => {
      const encode = (learned: Int32Array) => numbersOf(cells, mean, learned, count, weights);
      const numbers = encode(rows);
      const values = cells.map((cell) => (Number.isNaN(cell) ? cell : numbers[cell]));
      for (const { train, test } of splits) {
        const others = encode(train);
        for (const row of test) if (!Number.isNaN(cells[row])) values[row] = others[cells[row]];
      }
      return {
        grown: { kind: 'numeric', values, owner },
        features: [{ column: column.name, numbers: Array.from(numbers) }],
      };
    });
  };
}

/** What categories have means of. */
interface Mean {
  of(row: number): number;
  /** Whether it is a share, which is learned from as log-odds. */
  isShare: boolean;
}

function meansOf({ target, hasClasses, classes }: Target): Mean[] {
  if (!classes) return [{ of: (row) => target[row], isShare: hasClasses }];
  const counts = classes.map(() => 0);
  for (let row = 0; row < target.length; row++) counts[target[row]]++;
  return Array.from(counts.keys())
    .sort((a, b) => counts[b] - counts[a])
    .slice(0, mostNumbers)
    .map((label) => ({ of: (row) => (target[row] === label ? 1 : 0), isShare: true }));
}

/** The number of each category, and that of values that are not listed; [categories + 1]. */
function numbersOf(
  cells: Float64Array,
  { of, isShare }: Mean,
  rows: Int32Array,
  count: number,
  weights?: Float64Array,
): Float64Array {
  const weight = (row: number) => (weights ? weights[row] : 1);
  const given = rows.filter((row) => !Number.isNaN(cells[row]));
  const sizes = new Float64Array(count + 1);
  const sums = new Float64Array(count + 1);
  for (const row of given) {
    sizes[cells[row]] += weight(row);
    sums[cells[row]] += weight(row) * of(row);
  }
  const total = (some: Int32Array) => some.reduce((sum, row) => sum + weight(row) * of(row), 0);
  // one row more keeps a share inside 0 and 1
  const more = isShare ? 0.5 : total(rows) / totalWeight(rows, weights);
  const mean = (total(given) + more) / (totalWeight(given, weights) + 1);
  const squares = given.reduce((sum, row) => sum + weight(row) * (of(row) - mean) ** 2, 0);
  const strength = shrinkage(sizes, sums, mean, squares);
  return sums.map((sum, category) => {
    const shrunk = strength === Infinity ? mean : (sum + strength * mean) / (sizes[category] + strength);
    return toSixDigits(isShare ? Math.log(shrunk / (1 - shrunk)) : shrunk);
  });
}

/** With less, a category of one row could have the probability 1. */
const leastShrinkage = 1;

/**
 * The number of rows of the mean that a category's own rows are mixed with: the variance within categories over the variance between
 * them, by the analysis of variance of random effects (Searle, Casella & McCulloch 1992, Variance Components, chapter 3).
 */
function shrinkage(sizes: Float64Array, sums: Float64Array, mean: number, squares: number): number {
  const used = Array.from(sizes.keys()).filter((category) => sizes[category] > 0);
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  const between = used.reduce((sum, c) => sum + sizes[c] * (sums[c] / sizes[c] - mean) ** 2, 0);
  const withinVariance = (squares - between) / (rows - used.length);
  const typicalSize = (rows - used.reduce((sum, c) => sum + sizes[c] ** 2, 0) / rows) / (used.length - 1);
  const betweenVariance = (between / (used.length - 1) - withinVariance) / typicalSize;
  return betweenVariance > 0 ? Math.max(leastShrinkage, withinVariance / betweenVariance) : Infinity;
}

const toSixDigits = (value: number): number => Number(value.toPrecision(6));
