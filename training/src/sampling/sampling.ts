/** How the rows of a table count and how they may be split, if they are not all alike. */
export interface Sampling {
  /** How much each row counts in training and in scores, above 0; [rows]. All 1 if left out. */
  weights?: Float64Array;
  /** The group of each row, a number from 0; rows of one group stay in one fold; [rows]. */
  groups?: Int32Array;
  /** What each group is called; [groups]. */
  groupNames?: readonly string[];
  /** The place of each row in time; a row is predicted by models of earlier rows; [rows]. */
  times?: Float64Array;
  /** For how much the events of each row are counted, above 0; [rows]. */
  exposures?: Float64Array;
  /** The share of class 1 in the population, if the rows were not drawn from it at random. */
  prior?: number;
  /** The same of several classes: the share of each, [classes]; they add up to 1. */
  priors?: readonly number[];
}

/** Sum of the weights of these rows: their number, if all weigh 1. */
export function totalWeight(rows: Int32Array, weights?: Float64Array): number {
  if (!weights) return rows.length;
  let sum = 0;
  for (const row of rows) sum += weights[row];
  return sum;
}

/** The number of rows of equal weight whose mean is as precise: (Σ w)² / Σ w² (Kish 1965, Survey Sampling). */
export function effectiveRows(weights: Float64Array): number {
  const sum = weights.reduce((a, b) => a + b, 0);
  return sum ** 2 / weights.reduce((a, b) => a + b * b, 0);
}

/**
 * The weights scaled so that they add up to the effective number of rows. A likelihood with such weights is about as informative as the
 * rows are (Potthoff, Woodbury & Manton 1992, JASA 87, 383-396), so that penalties, limits of leaves and variances mean what they mean
 * for rows that are alike, whatever the unit of the weights.
 */
export function scaleWeights(weights: Float64Array): Float64Array {
  const scale = effectiveRows(weights) / weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight * scale);
}
