import type { Cell } from '../data/field.ts';
import { inputError } from '../errors.ts';
import { roles, rolesIn, type SamplingColumns } from './columns.ts';
import { type Sampling, scaleWeights } from './sampling.ts';

/** Rows that a table is expanded to at most, by counts: each takes memory of its own in training. */
export const mostExpanded = 2_000_000;

/** A table with its rows as often as their counts say, and how they may be weighed and split. */
export interface Sampled {
  /** Indices of the rows of the file; [rows]. */
  rows: Int32Array;
  sampling?: Sampling;
  /** What was done, one sentence each. */
  notes: string[];
}

/**
 * Expands rows by their counts, and reads weights, groups and times.
 * @param cells of the columns that `columns` names; [rows of the file]
 * @throws InputError if the counts add up to too many rows
 */
export function readSampling(
  path: string,
  columns: SamplingColumns,
  cells: readonly Record<string, Cell>[],
): Sampled {
  const { count, weight, group, time, exposure, prior } = columns;
  const { rows, notes } = expand(path, count, cells);
  const column = (name: string) => Array.from(rows, (row) => cells[row][name]);
  const weights = weight === undefined ? undefined : Float64Array.from(column(weight), Number);
  const sampling: Sampling = {
    ...(weights?.some((each) => each !== weights[0]) && { weights: scaleWeights(weights) }),
    ...(group !== undefined && numberGroups(column(group))),
    ...(time !== undefined && { times: orderTimes(column(time)) }),
    ...(exposure !== undefined && { exposures: Float64Array.from(column(exposure), Number) }),
    ...(typeof prior === 'number' && { prior }),
  };
  const used = rolesIn(columns).map(([role, name]) => `The column "${name}" ${roles[role]}.`);
  return {
    rows,
    ...(Object.keys(sampling).length > 0 && { sampling }),
    notes: [...used, ...notes],
  };
}

function expand(path: string, count: string | undefined, cells: readonly Record<string, Cell>[]) {
  if (count === undefined) return { rows: Int32Array.from(cells.keys()), notes: [] };
  const counts = cells.map((row) => Number(row[count]));
  const total = counts.reduce((a, b) => a + b, 0);
  if (total > mostExpanded) throw inputError('TOO_MANY_ROWS', path, count, total, mostExpanded);
  const rows = new Int32Array(total);
  let at = 0;
  for (const [row, times] of counts.entries()) {
    rows.fill(row, at, at + times);
    at += times;
  }
  const dropped = counts.filter((times) => times === 0).length;
  return {
    rows,
    notes: dropped === 0 ? [] : [`${dropped} of ${counts.length} rows have a count of 0 and are left out.`],
  };
}

/** A number for each group, in the order in which they appear. */
function numberGroups(values: readonly Cell[]): Pick<Sampling, 'groups' | 'groupNames'> {
  const numbers = new Map<Cell, number>();
  for (const value of values) if (!numbers.has(value)) numbers.set(value, numbers.size);
  return {
    groups: Int32Array.from(values, (value) => numbers.get(value) as number),
    groupNames: [...numbers.keys()].map(String),
  };
}

/** Numbers as they are, ISO texts by their order. */
function orderTimes(values: readonly Cell[]): Float64Array {
  if (values.every((value) => typeof value === 'number')) return Float64Array.from(values);
  const places = new Map([...new Set(values.map(String))].sort().map((text, place) => [text, place]));
  return Float64Array.from(values, (value) => places.get(String(value)) as number);
}
