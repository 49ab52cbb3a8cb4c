import type { Column, ModelDescription, NumericColumn, Row, Value } from '@hearth/artifact';
import { isNumericColumn } from '../columns.ts';
import type { Fault } from './fault.ts';
import { isCode, kindOf } from './kinds.ts';

/** What stands in the fields by column, numbers with a decimal point. An empty or absent text is a value not given. */
export type Entries = Readonly<Record<string, string>>;

/** The row to ask about, or what keeps the fields from being one. */
export interface ReadEntries {
  row?: Row;
  faults: Readonly<Record<string, Fault>>;
}

/** What a field hands on for text that is not a number. */
export const unreadable = '?';

export const usedColumns = (model: ModelDescription): Column[] => model.columns.filter(({ used }) => used);

/** The column that the page begins with: the one with an example, else the first that is a number. */
export function leadColumn(columns: readonly Column[]): Column | undefined {
  const withExample = columns.find(({ example }) => example !== undefined);
  return withExample ?? columns.find(isNumericColumn) ?? columns[0];
}

export function firstEntries(columns: readonly Column[]): Entries {
  return Object.fromEntries(columns.map(({ name, example }) => [name, example?.toString() ?? '']));
}

/** The columns that start filled in: a link says so where one of them has been cleared. */
export const startFilled = (columns: readonly Column[]): string[] =>
  columns.filter(({ example }) => example !== undefined).map(({ name }) => name);

/** Reads the fields. Nothing given at all is a question too, unless a column is required. */
export function readEntries(columns: readonly Column[], entries: Entries): ReadEntries {
  const row: Record<string, Value> = {};
  const faults: Record<string, Fault> = {};
  for (const column of columns) {
    const text = entries[column.name]?.trim() ?? '';
    const kind = kindOf(column);
    const fault = text === '' ? column.required && 'empty' : kind.fault(column, text);
    if (fault) faults[column.name] = fault;
    else if (text !== '') row[column.name] = kind.read(text);
  }
  return Object.keys(faults).length === 0 ? { row, faults } : { faults };
}

/** The values of a column that takes no others, the least first. */
export const listedValues = (column: NumericColumn): number[] | undefined =>
  column.enum?.filter((value) => !isCode(column, value)).toSorted((a, b) => a - b);

/** The value after this one in a direction: the next of the list, where there is one, else a step away. */
export function nextValue(column: NumericColumn, from: number, direction: 1 | -1): number {
  const { minimum, maximum } = column;
  const listed = listedValues(column);
  if (listed) {
    const beyond = listed.filter((value) => direction * (value - from) > 0);
    return (direction === 1 ? beyond[0] : beyond.at(-1)) ?? from;
  }
  const to = Math.min(maximum, Math.max(minimum, from + direction * stepOf(column)));
  return Number(to.toFixed(10));
}

/** The value nearest to one that a column takes, where it takes listed ones only. */
export function nearestValue(column: NumericColumn, value: number): number {
  const listed = listedValues(column) ?? [];
  return listed.reduce(
    (best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best),
    listed[0] ?? value,
  );
}

/** Whether a readable entry lies outside the range of the training rows. */
export function isBeyondSeen({ seen }: NumericColumn, text: string): boolean {
  const value = Number(text);
  return text !== '' && (value < seen.minimum || value > seen.maximum);
}

/** The step of a slider over the column: a whole number, or a power of ten that leaves it at least 100 places. */
export function stepOf({ type, minimum, maximum }: NumericColumn): number {
  return type === 'integer' ? 1 : 10 ** Math.floor(Math.log10((maximum - minimum) / 100));
}
