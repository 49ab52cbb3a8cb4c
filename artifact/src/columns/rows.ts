import { distance } from 'fastest-levenshtein';
import type { Column, Row } from './columns.ts';
import { kindOf } from './kinds/index.ts';
import { missingValuesOf } from './missing.ts';
import { typeName } from './type-name.ts';

/** A fault or a warning about an input. It never quotes the value. */
export interface Remark {
  /** JSON pointer to the input. */
  pointer: string;
  detail: string;
}

/** Lists the faults of a row; `pointer` points to the row in the request. */
export type RowCheck = (row: unknown, pointer: string) => Remark[];

/**
 * Creates the check for these columns, once per model. Nothing is coerced: `"54"` is not 54, and null is missing, not 0.
 * @param timeZone of the manifest, for times with an offset
 */
export function rowCheck(columns: readonly Column[], timeZone?: string): RowCheck {
  const faultOf = new Map(columns.map((column) => [column.name, cellCheck(column, timeZone)]));
  const required = columns
    .filter((column) => column.required)
    .map((column) => ({ name: column.name, missing: missingValuesOf(column) }));
  return (row, pointer) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      return [
        { pointer, detail: `is ${typeName(row)}; a row is an object such as {"${columns[0].name}": …}` },
      ];
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

function cellCheck(column: Column, timeZone: string | undefined): (value: unknown) => string | undefined {
  const kind = kindOf(column);
  const allowed = kind.allowed(column, JSON.stringify);
  const check = kind.check(column, timeZone);
  const missing = missingValuesOf(column);
  return (value) => {
    if (value === null || value === undefined || missing?.has(value)) return undefined;
    const fault = check(value);
    return fault && `${fault}; allowed: ${allowed}, or null where it is not known`;
  };
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

/** JSON pointer (RFC 6901) to a member of what `parent` points to. */
export const pointerTo = (parent: string, member: string | number): string =>
  `${parent}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
