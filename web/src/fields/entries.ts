import type { Column, ModelDescription, NumericColumn, Row, Value } from '@hearth/artifact';
import type { Fault } from './fault.ts';
import { isCode, isNumericColumn, isTimeColumn, isUnseen, kindOf, withSeconds } from './kinds.ts';

/** The text of each field by column name; numbers have a decimal point. A text that is empty or absent means: not given. */
export type Entries = Readonly<Record<string, string>>;

/** The row to predict, and what is wrong with the fields that are not in it. */
export interface ReadEntries {
  /** Undefined while a required column has no value. */
  row?: Row;
  faults: Readonly<Record<string, Fault>>;
}

/** The entry of a field whose text is not a number. */
export const unreadable = '?';

export const usedColumns = (model: ModelDescription): Column[] => model.columns.filter(({ used }) => used);

/** The column at the top of the page: the one with an example, else the first numeric one. */
export function leadColumn(columns: readonly Column[]): Column | undefined {
  const withExample = columns.find(({ example }) => example !== undefined);
  return withExample ?? columns.find(isNumericColumn) ?? columns[0];
}

export const firstEntries = (columns: readonly Column[]): Entries =>
  Object.fromEntries(columns.map((column) => [column.name, startsFilled(column) ? `${column.example}` : '']));

/** The entries of a link, one for each column: of an absent one, an object would answer with what it inherits, such as `constructor`. */
export const linkedEntries = (columns: readonly Column[], linked: Entries): Entries =>
  Object.fromEntries(
    columns.map(({ name }) => [name, (Object.hasOwn(linked, name) ? linked[name] : '') ?? '']),
  );

/**
 * Whether the field starts with its example. An example that no training row reaches is not used: the first number that a visitor sees
 * would be a guess about somebody else.
 */
const startsFilled = (column: Column): boolean =>
  column.example !== undefined && !isBeyondData(column, `${column.example}`);

/** The columns that are filled in at the start; a link records when one of them is cleared. */
export const startFilled = (columns: readonly Column[]): string[] =>
  columns.filter(startsFilled).map(({ name }) => name);

/** Reads the fields. One with a fault is left out of the row; if it is required, there is no row. */
export function readEntries(columns: readonly Column[], entries: Entries): ReadEntries {
  const row: Record<string, Value> = {};
  const faults: Record<string, Fault> = Object.create(null);
  const given = linkedEntries(columns, entries);
  for (const column of columns) {
    const text = given[column.name]?.trim() ?? '';
    const kind = kindOf(column);
    const fault = text === '' ? column.required && 'empty' : kind.fault(column, text);
    if (fault) faults[column.name] = fault;
    else if (text !== '') row[column.name] = kind.read(text);
  }
  const isAnswerable = columns.every(({ name, required }) => !required || row[name] !== undefined);
  return isAnswerable ? { row, faults } : { faults };
}

/** The values of a column that takes listed values only, in ascending order. */
export const listedValues = (column: NumericColumn): number[] | undefined =>
  column.enum?.filter((value) => !isCode(column, value)).toSorted((a, b) => a - b);

/** The next value in a direction: the next one of the list, if there is a list, else one step away. */
export function nextValue(column: NumericColumn, from: number, direction: 1 | -1): number {
  const { minimum = -Infinity, maximum = Infinity } = column;
  const listed = listedValues(column);
  if (listed) {
    const beyond = listed.filter((value) => direction * (value - from) > 0);
    return (direction === 1 ? beyond[0] : beyond.at(-1)) ?? from;
  }
  const to = Math.min(maximum, Math.max(minimum, from + direction * stepOf(column)));
  return Number(to.toFixed(10));
}

/** The nearest listed value, for a column that takes listed values only; else the value itself. */
export function nearestValue(column: NumericColumn, value: number): number {
  const listed = listedValues(column) ?? [];
  return listed.reduce(
    (best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best),
    listed[0] ?? value,
  );
}

/** Whether no training row was like an entry: it lies outside their range, or is a category that none of them had. */
export function isBeyondData(column: Column, text: string): boolean {
  if (text === '') return false;
  if (isNumericColumn(column)) return isOutside(column, Number(text));
  if (!isTimeColumn(column)) return isUnseen(column, text);
  const { minimum, maximum } = column.seen;
  return withSeconds(text) < withSeconds(minimum) || withSeconds(text) > withSeconds(maximum);
}

/** The range around the thresholds of an imported model is not that of its training rows. */
const isOutside = ({ seen }: NumericColumn, value: number): boolean =>
  seen.of === undefined && (value < seen.minimum || value > seen.maximum);

/**
 * The ends of the slider and of the curve: the limits, or the end of the training rows where the column has no limit. Where limits are far
 * away, as those of a year, the ends are near the training rows.
 */
export function rangeOf({ minimum, maximum, seen }: NumericColumn): { minimum: number; maximum: number } {
  const spread = seen.maximum - seen.minimum;
  const aside = spread > 0 ? 0 : 1; // all training rows have the same value
  const [low, high] = [minimum ?? seen.minimum - aside, maximum ?? seen.maximum + aside];
  if (spread === 0) return { minimum: low, maximum: high };
  const round = 10 ** Math.floor(Math.log10(spread / 5));
  return {
    minimum:
      seen.minimum - low <= spread ? low : tidy(Math.floor((seen.minimum - spread / 5) / round) * round),
    maximum:
      high - seen.maximum <= spread ? high : tidy(Math.ceil((seen.maximum + spread / 5) / round) * round),
  };
}

/** Without what rounding in base 2 leaves behind. */
const tidy = (value: number) => Number(value.toPrecision(12));

/**
 * The step of the column's slider: 1, or a power of ten that gives at least 100 positions. A column without limits whose training rows end
 * at whole numbers probably has whole numbers; in its field, a person can still enter a fraction.
 */
export function stepOf(column: NumericColumn): number {
  const { minimum, maximum } = rangeOf(column);
  const step = column.type === 'integer' ? 1 : 10 ** Math.floor(Math.log10((maximum - minimum) / 100));
  return isProbablyWhole(column) ? Math.max(1, step) : step;
}

/** From 0 to 1 it is probably a share. */
const isProbablyWhole = ({ minimum, maximum, seen }: NumericColumn): boolean =>
  minimum === undefined &&
  maximum === undefined &&
  Number.isInteger(seen.minimum) &&
  Number.isInteger(seen.maximum) &&
  seen.maximum - seen.minimum > 1;
