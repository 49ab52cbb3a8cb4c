/** Rows of numbers of which most are 0. The first number of each row is the 1 of the intercept. */
export interface SparseRows {
  /** Numbers of a row. */
  width: number;
  /** Where the numbers of a row begin that are not 0; [rows + 1]. */
  start: Int32Array;
  /** The place of each in its row, ascending, and the number. */
  index: Int32Array;
  value: Float64Array;
}

/** A standardised regressor, (x[at] − mean · x[given]) / sd: 0 in rows without a value. */
export interface ScaledPlace {
  at: number;
  /** The place of a 1 in rows that have a value, 0 if all have. */
  given: number;
  mean: number;
  sd: number;
}

/** Below it, the spread of a regressor is the rounding of its mean. */
const leastSpread = 1e-9;

/** Standardises regressors on some of the rows. @param weights of all rows */
export function scalePlaces(
  { width, start, index, value }: SparseRows,
  places: readonly Pick<ScaledPlace, 'at' | 'given'>[],
  rows: Int32Array,
  weights?: ArrayLike<number>,
): ScaledPlace[] {
  const weight = new Float64Array(width);
  const sum = new Float64Array(width);
  for (const row of rows) {
    const count = weights ? weights[row] : 1;
    for (let i = start[row]; i < start[row + 1]; i++) {
      weight[index[i]] += count;
      sum[index[i]] += count * value[i];
    }
  }
  const mean = new Float64Array(width);
  for (const { at, given } of places) mean[at] = sum[at] / (weight[given] || 1);
  const squares = new Float64Array(width);
  for (const row of rows) {
    const count = weights ? weights[row] : 1;
    for (let i = start[row]; i < start[row + 1]; i++)
      squares[index[i]] += count * (value[i] - mean[index[i]]) ** 2;
  }
  return places.map(({ at, given }) => {
    const ofZeros = (weight[given] - weight[at]) * mean[at] ** 2;
    const sd = Math.sqrt(Math.max(0, squares[at] + ofZeros) / (weight[given] || 1));
    return { at, given, mean: mean[at], sd: sd > leastSpread ? sd : 1 };
  });
}

/** Scores of rows, from the intercept and the coefficients of standardised regressors. */
export function rowScorer(
  { width, start, index, value }: SparseRows,
  scales: readonly ScaledPlace[],
  beta: Float64Array,
): (row: number) => number {
  const coefficients = new Float64Array(width);
  coefficients[0] = beta[0];
  for (const [j, { at, given, mean, sd }] of scales.entries()) {
    const slope = beta[j + 1] / sd;
    coefficients[at] += slope;
    coefficients[given] -= slope * mean;
  }
  return (row) => {
    let score = 0;
    for (let i = start[row]; i < start[row + 1]; i++) score += coefficients[index[i]] * value[i];
    return score;
  };
}
