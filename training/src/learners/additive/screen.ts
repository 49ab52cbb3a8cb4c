import type { NumberFeature } from './emit.ts';
import { type NumberTable, ownersOf } from './table.ts';

/** With more columns, those that say least about the target are left out: an additive model of all would take hours. */
const mostColumns = 100;
/** Groups of a number's values, by rank. */
const groups = 8;

/** Some columns of a table, and how to write what is learned from them. */
export interface Screened {
  table: NumberTable;
  /** The same columns of another table with the same rows. */
  narrow(table: NumberTable): NumberTable;
  /** Numbers the features of a forest as in the whole table. */
  widen<Fitted extends { features: NumberFeature[] }>(fitted: Fitted): Fitted;
}

/**
 * Leaves out columns of a wide table: it keeps the 100 that explain the most of the target one by one (adjusted R² of a one-way analysis of
 * variance: Fan & Lv 2008, sure independence screening), and those without which there is no answer. Only the given rows are looked at.
 */
export function screen(table: NumberTable, rows: Int32Array): Screened {
  const owners = ownersOf(table);
  const columns = [...new Set(owners)];
  if (columns.length <= mostColumns) return { table, narrow: (other) => other, widen: (fitted) => fitted };
  const explained = new Map(columns.map((column) => [column, -Infinity]));
  for (const [j, owner] of owners.entries()) {
    const own = table.columns[j].always ? Infinity : explainedBy(table, rows, j);
    explained.set(owner, Math.max(explained.get(owner) ?? 0, own));
  }
  const kept = columns
    .toSorted((a, b) => (explained.get(b) ?? 0) - (explained.get(a) ?? 0) || a - b)
    .slice(0, mostColumns)
    .toSorted((a, b) => a - b);
  const variables = Array.from(owners.keys()).filter((j) => kept.includes(owners[j]));
  const narrow = (wide: NumberTable): NumberTable => {
    const x: Float64Array[] = [];
    for (const row of rows) x[row] = Float64Array.from(variables, (j) => wide.x[row][j]);
    return {
      ...wide,
      x,
      columns: variables.map((j) => ({ ...wide.columns[j], owner: kept.indexOf(owners[j]) })),
    };
  };
  return {
    table: narrow(table),
    narrow,
    widen: (fitted) => ({
      ...fitted,
      features: fitted.features.map((feature) => ({ ...feature, column: variables[feature.column] })),
    }),
  };
}

/** Adjusted R² of the target on the groups of a column's values. */
function explainedBy({ x, columns, target }: NumberTable, rows: Int32Array, j: number): number {
  const given = rows.filter((row) => !Number.isNaN(x[row][j]));
  const groupOf = columns[j].kind === 'category' ? (row: number) => x[row][j] : rankGroups(x, given, j);
  const sums = new Map<number, { count: number; sum: number }>();
  let [total, squares] = [0, 0];
  for (const row of given) {
    const group = sums.get(groupOf(row)) ?? { count: 0, sum: 0 };
    group.count++;
    group.sum += target[row];
    sums.set(groupOf(row), group);
    total += target[row];
    squares += target[row] ** 2;
  }
  const freedom = given.length - sums.size;
  const all = squares - total ** 2 / given.length;
  if (freedom <= 0 || !(all > 0)) return -Infinity;
  let within = squares;
  for (const { count, sum } of sums.values()) within -= sum ** 2 / count;
  return 1 - within / freedom / (all / (given.length - 1));
}

/** Groups of about equal numbers of rows; equal values are in one group. */
function rankGroups(x: NumberTable['x'], given: Int32Array, j: number): (row: number) => number {
  const sorted = Float64Array.from(given, (row) => x[row][j]).sort();
  const bounds = Array.from(
    { length: groups - 1 },
    (_, g) => sorted[(((g + 1) * sorted.length) / groups) | 0],
  );
  return (row) => bounds.findLastIndex((bound) => x[row][j] >= bound);
}
