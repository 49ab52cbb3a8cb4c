import { type Column, kindOf, type Value } from '@hearth/artifact';
import { auc } from '../evaluation/metrics.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { Table } from './table.ts';
import { learnedTarget } from './targets.ts';

/** A column that alone has a higher AUC or correlation is more likely a copy of the target than a finding. */
const tooGood = 0.99;
const mostly = 0.5;
/** So many rows for each different one of the inputs. */
const designed = 4;

/** What a person should check before trusting a model of this table, one sentence each. */
export const tableWarnings = (table: Table): string[] => [
  ...table.data.inputs.flatMap((field) => columnWarnings(table, field)),
  // rows with a count repeat as often as it says
  ...(table.data.sampling?.count === undefined ? repeatedRows(table) : []),
];

function columnWarnings(table: Table, field: Field): string[] {
  const { name } = field;
  if (name === table.data.sampling?.exposure) return [];
  const given = table.inputs.flatMap((row, i) => (row[name] === null ? [] : [i]));
  const distinct = new Set(given.map((i) => table.inputs[i][name]));
  if (distinct.size === 1)
    return [`The column "${name}" is always ${[...distinct][0]}: a model can learn nothing from it.`];
  const rows = table.inputs.length;
  const missing = rows - given.length;
  return [
    ...unseen(field, distinct),
    ...(missing > mostly * rows ? [`The column "${name}" is missing in ${missing} of ${rows} rows.`] : []),
    ...leak(table, field, given),
  ];
}

function unseen(field: Field, given: ReadonlySet<unknown>): string[] {
  const values =
    fieldTypeOf(field)
      .levels(field)
      ?.filter((value) => !given.has(value)) ?? [];
  if (values.length === 0) return [];
  const named = values.slice(0, 10).join(', ') + (values.length > 10 ? ' …' : '');
  return [`The column "${field.name}" is ${named} in no row: a model can learn nothing about that.`];
}

function leak(table: Table, field: Field, given: readonly number[]): string[] {
  const target = given.map((i) => table.target[i]);
  const { hasClasses } = learnedTarget(table.kind);
  const strength = strengthOf(table, field, given, (value) =>
    hasClasses ? auc(target, value) : correlation(target, value),
  );
  if (!(strength > tooGood)) return [];
  const measure = hasClasses ? 'AUC' : 'correlation';
  return [
    `The column "${field.name}" alone predicts "${table.data.target.name}" almost perfectly (${measure} ${strength.toFixed(3)}): is it a copy of it, an identifier, or known only afterwards? Then leave it out.`,
  ];
}

/** How well the column alone predicts, in the direction that is better. */
function strengthOf(
  table: Table,
  field: Field,
  given: readonly number[],
  measure: (value: readonly number[]) => number,
): number {
  const column = fieldTypeOf(field).checked(field);
  // means of levels have their direction, and turned round they would show only that each leaves its row out
  if (column.type === 'category' || column.type === 'boolean')
    return measure(levelMeans(table, field.name, given));
  const toCell = kindOf(column as Column).toCell(column as Column, field.timeZone);
  const value = measure(given.map((i) => toCell(table.inputs[i][field.name] as Value)));
  return learnedTarget(table.kind).hasClasses ? Math.max(value, 1 - value) : Math.abs(value);
}

/** The mean target of the other rows with each row's level: its own would make levels of few rows look good. */
function levelMeans({ inputs, target }: Table, column: string, rows: readonly number[]): number[] {
  const all = rows.reduce((sum, i) => sum + target[i], 0) / rows.length;
  const sums = new Map<Cell, { sum: number; size: number }>();
  for (const i of rows) {
    const { sum, size } = sums.get(inputs[i][column]) ?? { sum: 0, size: 0 };
    sums.set(inputs[i][column], { sum: sum + target[i], size: size + 1 });
  }
  return rows.map((i) => {
    const { sum, size } = sums.get(inputs[i][column]) as { sum: number; size: number };
    return size > 1 ? (sum - target[i]) / (size - 1) : all;
  });
}

/** Pearson's; NaN where either does not vary. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  const variances = products(a, meanA, a, meanA) * products(b, meanB, b, meanB);
  return products(a, meanA, b, meanB) / Math.sqrt(variances);
}

/** A row that is repeated in two folds leaks its answer. */
function repeatedRows({ inputs, target }: Table): string[] {
  const first = new Map<string, number>();
  const repeats: [number, number][] = [];
  for (const [i, row] of inputs.entries()) {
    const key = JSON.stringify([row, target[i]]);
    const before = first.get(key);
    if (before === undefined) first.set(key, i);
    else repeats.push([i + 1, before + 1]);
  }
  // where the inputs have few different values, as in a designed experiment, rows repeat by nature
  const different = new Set(inputs.map((row) => JSON.stringify(row)));
  const isDesigned = designed * different.size <= inputs.length;
  if (repeats.length === 0 || isDesigned || repeats.length > mostly * inputs.length) return [];
  const [[row, before]] = repeats;
  const count = repeats.length === 1 ? '1 row repeats' : `${repeats.length} rows repeat`;
  return [
    `${count} an earlier row exactly (row ${row} equals row ${before}): scores may look better than they are.`,
  ];
}
