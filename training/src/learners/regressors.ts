import { isNumeric } from '@hearth/artifact';
import type { Design } from '../design.ts';
import type { ScaledPlace, SparseRows } from '../regression/sparse-rows.ts';

/** Columns of whole numbers with at most this many different values are treated as categories. */
const fewValues = 5;

/** What one coefficient is multiplied by: a feature of the design, or, with a value, whether the feature equals it. */
export interface Regressor {
  feature: number;
  value?: number;
}

/** A regressor with its mean and standard deviation in the training rows. */
export interface ScaledRegressor {
  regressor: Regressor;
  mean: number;
  sd: number;
}

/** The regressors of every row of a design. */
export interface RegressorRows extends SparseRows {
  places: Pick<ScaledPlace, 'at' | 'given'>[];
  /** Means and standard deviations in the unit of each regressor. */
  unscaled(scales: readonly ScaledPlace[]): ScaledRegressor[];
}

/** A variable as regressors: a number, moved and scaled so that sums over rows are exact enough, or an indicator for each level. */
interface Variable {
  values: Float64Array;
  hasMissing: boolean;
  regressors: Regressor[];
  /** Of an indicator, the levels that they are of. */
  levels?: Map<number, number>;
  centre: number;
  scale: number;
}

/**
 * The number itself; or, for a category or whole numbers with few different values, an indicator for each value.
 * @param use indices of the columns
 */
export function regressorRows(design: Design, use: readonly number[]): RegressorRows {
  const variables = use.flatMap((column) =>
    design.numbers.columns.flatMap(({ owner }, i) => (owner === column ? [variableOf(design, i)] : [])),
  );
  let width = 1;
  const laidOut = variables.map((variable) => {
    const given = variable.hasMissing ? width++ : 0;
    const at = width;
    width += variable.regressors.length;
    return { ...variable, given, at };
  });
  const rows = design.numbers.x.length;
  const start = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    start[row + 1] = start[row] + 1;
    for (const { values, given } of laidOut)
      if (!Number.isNaN(values[row])) start[row + 1] += given > 0 ? 2 : 1;
  }
  const index = new Int32Array(start[rows]);
  const value = new Float64Array(start[rows]).fill(1);
  for (let row = 0; row < rows; row++) {
    let next = start[row] + 1; // the intercept has the place 0
    for (const { values, given, at, levels, centre, scale } of laidOut) {
      const own = values[row];
      if (Number.isNaN(own)) continue;
      if (given > 0) index[next++] = given;
      index[next] = levels ? at + (levels.get(own) ?? 0) : at;
      if (!levels) value[next] = (own - centre) / scale;
      next++;
    }
  }
  const placed = laidOut.flatMap(({ regressors, at, given, centre, scale }) =>
    regressors.map((regressor, i) => ({ regressor, centre, scale, place: { at: at + i, given } })),
  );
  return {
    width,
    start,
    index,
    value,
    places: placed.map(({ place }) => place),
    unscaled: (scales) =>
      placed.map(({ regressor, centre, scale }, i) => ({
        regressor,
        mean: centre + scale * scales[i].mean,
        sd: scale * scales[i].sd,
      })),
  };
}

function variableOf({ columns, numbers, binned }: Design, i: number): Variable {
  const { kind, owner = i } = numbers.columns[i];
  const { feature } = binned.columns[i];
  const values = Float64Array.from(numbers.x, (row) => row[i]);
  const given = values.filter((value) => !Number.isNaN(value));
  const shared = { values, hasMissing: given.length < values.length };
  const distinct = [...new Set(given)].sort((a, b) => a - b);
  const isStepped =
    isNumeric(columns[owner]) && distinct.length <= fewValues && distinct.every(Number.isInteger);
  if (kind === 'numeric' && !isStepped) {
    const mean = given.reduce((sum, value) => sum + value, 0) / (given.length || 1);
    const squares = given.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      ...shared,
      regressors: [{ feature }],
      centre: mean,
      scale: Math.sqrt(squares / (given.length || 1)) || 1,
    };
  }
  return {
    ...shared,
    regressors: distinct.map((value) =>
      kind === 'numeric' ? { feature, value } : { feature: feature + value },
    ),
    levels: new Map(distinct.map((value, k) => [value, k])),
    centre: 0,
    scale: 1,
  };
}
