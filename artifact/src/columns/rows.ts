import { distance } from 'fastest-levenshtein';
import {
  type CategoryColumn,
  type Column,
  isNumeric,
  limitsOf,
  type NumericColumn,
  type Row,
} from './columns.ts';
import { missingValuesOf } from './missing.ts';
import { pointerTo } from './pointer.ts';

/** One thing that is wrong with, or worth knowing about, an input. Never holds the value given. */
export interface Remark {
  /** JSON pointer to it. */
  pointer: string;
  detail: string;
}

/** A function that lists what is wrong with one row; `pointer` says where the row stands in the request. */
export type RowCheck = (row: unknown, pointer: string) => Remark[];

/** Makes the check for these columns, once per model. Nothing is coerced: `"54"` is not 54, and null is missing, not 0. */
export function rowCheck(columns: readonly Column[]): RowCheck {
  const faultOf = new Map(columns.map((column) => [column.name, cellCheck(column)]));
  const required = columns
    .filter((column) => column.required)
    .map((column) => ({ name: column.name, missing: missingValuesOf(column) }));
  return (row, pointer) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return [{ pointer, detail: `is ${kind(row)}; a row is an object such as {"${columns[0].name}": …}` }];
    }
    const faults: Remark[] = [];
    for (const name in row) {
      const check = faultOf.get(name);
      const fault = check ? check((row as Row)[name]) : unknownColumn(name, columns);
      if (fault) faults.push({ pointer: pointerTo(pointer, name), detail: fault });
    }
    for (const { name, missing } of required) {
      const value = Object.hasOwn(row, name) ? (row as Row)[name] : null;
      if (value === null || value === undefined || missing?.has(value)) {
        faults.push({ pointer: pointerTo(pointer, name), detail: 'is required' });
      }
    }
    return faults;
  };
}

function cellCheck(column: Column): (value: unknown) => string | undefined {
  const allowed = describeAllowed(column);
  const fits = isNumeric(column) ? numberFits(column) : categoryFits(column);
  const missing = missingValuesOf(column);
  return (value) => {
    if (value === null || value === undefined || missing?.has(value)) return undefined;
    const complaint = fits(value);
    return complaint && `${complaint}; allowed: ${allowed}, or null where it is not known`;
  };
}

function numberFits(column: NumericColumn): (value: unknown) => string | undefined {
  const { type, minimum, maximum } = column;
  const known = column.enum && new Set(column.enum);
  return (value) => {
    if (typeof value !== 'number') return `is ${kind(value)}`;
    if (!Number.isFinite(value)) return 'is too large for a number';
    if (type === 'integer' && !Number.isInteger(value)) return 'is not a whole number';
    if (type === 'integer' && !Number.isSafeInteger(value))
      return 'is a whole number beyond 2^53 - 1, which cannot be read exactly';
    if (value < minimum) return 'is too small';
    if (value > maximum) return 'is too large';
    return known && !known.has(value) ? 'is not one of the values' : undefined;
  };
}

function categoryFits({ categories }: CategoryColumn): (value: unknown) => string | undefined {
  const known = new Set<unknown>(categories.map(({ value }) => value));
  return (value) => {
    if (typeof value !== 'string') return `is ${kind(value)}`;
    return known.has(value) ? undefined : 'is not one of the categories';
  };
}

/** What a column accepts, in words. */
function describeAllowed(column: Column): string {
  if (!isNumeric(column)) return column.categories.map(({ value }) => JSON.stringify(value)).join(', ');
  const unit = column.unit ? ` (${column.unit.en})` : '';
  if (column.enum) return `${column.enum.join(', ')}${unit}`;
  const { minimum, maximum } = limitsOf(column);
  return `a ${column.type === 'integer' ? 'whole ' : ''}number from ${minimum} to ${maximum}${unit}`;
}

function unknownColumn(name: string, columns: readonly Column[]): string {
  const shown = name.slice(0, 100);
  const nearest = columns
    .map((column) => ({ name: column.name, edits: distance(column.name, shown.toLowerCase()) }))
    .reduce((a, b) => (b.edits < a.edits ? b : a));
  const guess =
    nearest.edits <= Math.max(1, Math.floor(nearest.name.length / 2))
      ? `; did you mean "${nearest.name}"?`
      : '';
  return `is not a column of this model${guess || `; it has ${columns.map((column) => column.name).join(', ')}`}`;
}

function kind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'an object' }[
      typeof value as string
    ] ?? 'nothing'
  );
}
