import type { Column, Row, Value } from './columns.ts';
import { derivationOf } from './derive.ts';
import type { Feature, Inputs } from './features.ts';
import { kindOf, levelsOf } from './kinds/index.ts';
import { missingValuesOf } from './missing.ts';

/**
 * Writes a row that has passed `rowCheck` into `cells` from `at` on, one number per column, as its kind makes them; NaN if the column is
 * absent, null or a code of a missing value.
 */
export type CellWriter = (row: Row, cells: Float64Array, at: number) => void;

/**
 * @param timeZone of the manifest, for times with an offset
 * @param used names of the columns that the model uses; in others a value that the column does not allow has the cell 0
 */
export function cellWriter(
  columns: readonly Column[],
  timeZone?: string,
  used?: ReadonlySet<string>,
): CellWriter {
  const width = columns.length;
  const placeOf = new Map(columns.map(({ name }, place) => [name, place]));
  const toCells = columns.map((column) => {
    const { toCell, check } = kindOf(column);
    const [read, faultOf] = [toCell(column, timeZone), check(column, timeZone)];
    return !used || used.has(column.name) ? read : (value: Value) => (faultOf(value) ? 0 : read(value));
  });
  const missing = columns.map(missingValuesOf);
  return (row, cells, at) => {
    cells.fill(Number.NaN, at, at + width);
    for (const name in row) {
      const i = placeOf.get(name);
      const value = row[name];
      if (i === undefined || value === null || value === undefined || missing[i]?.has(value)) continue;
      cells[at + i] = toCells[i](value);
    }
  };
}

/** Returns a function that reads cells back as a row of the given columns. */
export function cellReader(columns: readonly Column[]): (cells: Float64Array, at: number) => Row {
  const toValues = columns.map((column) => kindOf(column).toValue(column));
  return (cells, at) => {
    const row: Record<string, Value> = {};
    for (const [i, { name }] of columns.entries()) {
      const cell = cells[at + i];
      if (!Number.isNaN(cell)) row[name] = toValues[i](cell);
    }
    return row;
  };
}

/** Converts the cells from `at` on to features, written into `x` from `to` on. */
export type FeatureReader = (cells: Float64Array, at: number, x: Float64Array, to: number) => void;

/** @param sets the bit sets of the trees file, if a feature needs them */
export function featureReader(
  features: readonly Feature[],
  columns: readonly Column[],
  sets?: Uint8Array,
): FeatureReader {
  const places = features.map(({ column }) => columns.findIndex(({ name }) => name === column));
  const levels: (readonly unknown[] | undefined)[] = columns.map((column) => levelsOf(column)?.map(String));
  const equals = features.map(({ equals }, i) => levels[places[i]]?.indexOf(equals) ?? -1);
  const derivations = features.map((feature) => derivationOf(feature, sets));
  const derived = [...features.keys()].filter((i) => derivations[i]);
  return (cells, at, x, to) => {
    for (let i = 0; i < places.length; i++) {
      const cell = cells[at + places[i]];
      if (equals[i] < 0 || Number.isNaN(cell)) x[to + i] = cell;
      else x[to + i] = cell === equals[i] ? 1 : 0;
    }
    for (const i of derived)
      if (!Number.isNaN(x[to + i])) x[to + i] = derivations[i]?.(cells[at + places[i]]) ?? Number.NaN;
  };
}

/**
 * Makes the function that writes the features of a row that has passed `rowCheck` into `x`, NaN where missing; [features].
 * @param sets the bit sets of the trees file, if a feature needs them
 */
export function rowEncoder(
  { columns, features, timeZone }: Inputs,
  sets?: Uint8Array,
): (row: Row, x: Float64Array) => void {
  const cells = new Float64Array(columns.length);
  const write = cellWriter(columns, timeZone);
  const read = featureReader(features, columns, sets);
  return (row, x) => {
    write(row, cells, 0);
    read(cells, 0, x, 0);
  };
}
