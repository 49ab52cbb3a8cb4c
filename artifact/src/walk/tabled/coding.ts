import type { Column } from '../../columns/columns.ts';
import type { Feature } from '../../columns/features.ts';
import { kindOf, levelsOf } from '../../columns/kinds/index.ts';
import { countAtMost, type Thresholds } from '../thresholds.ts';

/** Maps the cells of a row to one code per column. Rows with equal codes take the same path through every tree. */
export interface Coding {
  /** Index in the manifest's columns of each used column, that is, each column with a feature; [used]. */
  places: Int32Array;
  /** Number of codes of each used column, of which the last means missing; 1 for `none`; [used + 1]. */
  sizes: Int32Array;
  /** Index that means no column: its code is always 0. */
  none: number;
  /** The column of each feature, as an index of `places`; [features]. */
  usedOf: Int32Array;
  /** Least and greatest value of each feature; [features]. */
  low: Float64Array;
  high: Float64Array;
  /**
   * Writes the code of every used column; [used + 1].
   * @returns the given columns, one bit each; -1 when the column does not allow a cell
   */
  write(cells: Float64Array, at: number, codes: Int32Array): number;
  /** A cell with this code, NaN for missing. */
  cellOf(used: number, code: number): number;
}

/** The set of given columns is a bit mask in a small integer. */
const maxColumns = 30;

/**
 * @param thresholds of the features, for each forest
 * @returns undefined if there are too many columns
 */
export function createCoding(
  features: readonly Feature[],
  columns: readonly Column[],
  thresholds: readonly Thresholds[],
): Coding | undefined {
  const names = [...new Set(features.map(({ column }) => column))];
  if (names.length > maxColumns) return undefined;
  const places = Int32Array.from(names, (name) => columns.findIndex((column) => column.name === name));
  const used = Array.from(places, (place) => columns[place]);
  const usedOf = Int32Array.from(features, ({ column }) => names.indexOf(column));
  const ranges = used.map((column) => kindOf(column).range(column));
  const isNumber = ranges.map((range) => range !== undefined);
  const minimum = Float64Array.from(ranges, (range) => range?.minimum ?? 0);
  const maximum = Float64Array.from(
    ranges,
    (range, i) => range?.maximum ?? (levelsOf(used[i])?.length ?? 0) - 1,
  );
  const steps = stepsOf(isNumber, usedOf, minimum, maximum, thresholds);

  const missing = maximum.map((last, i) => 1 + (isNumber[i] ? steps.starts[i + 1] - steps.starts[i] : last));

  return {
    places,
    usedOf,
    none: used.length,
    sizes: Int32Array.of(...missing.map((code) => code + 1), 1),
    low: Float64Array.from(usedOf, (i) => (isNumber[i] ? minimum[i] : 0)),
    high: Float64Array.from(usedOf, (i) => (isNumber[i] ? maximum[i] : 1)),
    write(cells, at, codes) {
      let given = 0;
      for (let i = 0; i < places.length; i++) {
        const cell = cells[at + places[i]];
        if (Number.isNaN(cell)) {
          codes[i] = missing[i];
          continue;
        }
        if (cell < minimum[i] || cell > maximum[i] || !(isNumber[i] || Number.isInteger(cell))) return -1;
        codes[i] = isNumber[i] ? countAtMost(steps, i, cell) : cell;
        given |= 1 << i;
      }
      return given;
    },
    cellOf(i, code) {
      if (code === missing[i]) return Number.NaN;
      if (!isNumber[i]) return code;
      return code === 0 ? minimum[i] : steps.values[steps.starts[i] + code - 1];
    },
  };
}

/** The thresholds of each used column that separate its allowed values. */
function stepsOf(
  isNumber: readonly boolean[],
  usedOf: Int32Array,
  minimum: Float64Array,
  maximum: Float64Array,
  thresholds: readonly Thresholds[],
): Thresholds {
  const distinct = isNumber.map(() => new Set<number>());
  for (const { values, starts } of thresholds) {
    for (let feature = 0; feature < usedOf.length; feature++) {
      const i = usedOf[feature];
      if (!isNumber[i]) continue;
      for (const value of values.subarray(starts[feature], starts[feature + 1])) {
        if (value > minimum[i] && value <= maximum[i]) distinct[i].add(value);
      }
    }
  }
  const starts = new Int32Array(isNumber.length + 1);
  for (const [i, { size }] of distinct.entries()) starts[i + 1] = starts[i] + size;
  const values = Float64Array.from(distinct.flatMap((each) => [...each].sort((a, b) => a - b)));
  return { values, starts };
}
