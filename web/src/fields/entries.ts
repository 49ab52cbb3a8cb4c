import type { Column, ModelDescription, NumericColumn, Row } from '@hearth/artifact';

/** What stands in the fields, as typed, by column. An empty text is a value not given. */
export type Entries = Readonly<Record<string, string>>;

export type Fault = 'empty' | 'not-a-number' | 'not-whole' | 'too-small' | 'too-large' | 'not-a-category';

/** The row to ask about, or what keeps the fields from being one. */
export interface Reading {
  row?: Row;
  faults: Readonly<Record<string, Fault>>;
}

/** What a field hands on for text that the browser itself cannot read as a number, which it reports as empty. */
export const unreadable = '?';

export const usedColumns = (model: ModelDescription): Column[] => model.columns.filter(({ used }) => used);

export function firstEntries(columns: readonly Column[]): Entries {
  return Object.fromEntries(columns.map(({ name, example }) => [name, example?.toString() ?? '']));
}

/** Reads the fields. Nothing given at all is no question: the first field is then named as empty. */
export function readEntries(columns: readonly Column[], entries: Entries): Reading {
  const row: Record<string, number | string> = {};
  const faults: Record<string, Fault> = {};
  for (const column of columns) {
    const text = entries[column.name]?.trim() ?? '';
    const fault = text === '' ? column.required && 'empty' : faultOf(column, text);
    if (fault) faults[column.name] = fault;
    else if (text !== '') row[column.name] = column.type === 'category' ? text : Number(text);
  }
  const [first] = columns;
  if (first && isEmpty(row) && isEmpty(faults)) faults[first.name] = 'empty';
  return isEmpty(faults) ? { row, faults } : { faults };
}

function faultOf(column: Column, text: string): Fault | false {
  if (column.type !== 'category') return numberFault(column, Number(text));
  return !column.categories.some(({ value }) => value === text) && 'not-a-category';
}

function numberFault({ type, minimum, maximum }: NumericColumn, value: number): Fault | false {
  if (!Number.isFinite(value)) return 'not-a-number';
  if (value < minimum) return 'too-small';
  if (value > maximum) return 'too-large';
  return type === 'integer' && !Number.isInteger(value) && 'not-whole';
}

/** The step of a slider over the column: a whole number, or a power of ten that leaves it at least 100 places. */
export function stepOf({ type, minimum, maximum }: NumericColumn): number {
  return type === 'integer' ? 1 : 10 ** Math.floor(Math.log10((maximum - minimum) / 100));
}

const isEmpty = (record: object) => Object.keys(record).length === 0;
