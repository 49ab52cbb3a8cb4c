import type { Column, Row } from './columns.ts';
import { kindOf } from './kinds/index.ts';
import { missingValuesOf } from './missing.ts';
import { advised, someOf, suggester } from './similar.ts';
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
 * @param used names of the columns that the model uses; the values of others are not checked
 */
export function rowCheck(
  columns: readonly Column[],
  timeZone?: string,
  used: ReadonlySet<string> = new Set(columns.map(({ name }) => name)),
): RowCheck {
  const names = columns.map(({ name }) => name);
  const suggest = suggester(names);
  const known = someOf(names);
  const unknownColumn = (name: string) =>
    `is not a column of this model${suggest(name) || `; it has ${known}`}`;
  const faultOf = new Map(
    columns.map((column) => [column.name, used.has(column.name) ? cellCheck(column, timeZone) : scalarCheck]),
  );
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
      const fault = check ? check((row as Row)[name]) : unknownColumn(name);
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
  const orNull = column.required ? '' : ', or null where it is not known';
  const allowed = kind.allowed(column, JSON.stringify) + orNull;
  const check = kind.check(column, timeZone);
  const missing = missingValuesOf(column);
  return (value) => {
    if (value === null || value === undefined || missing?.has(value)) return undefined;
    const fault = check(value);
    return fault && advised(fault, allowed);
  };
}

/** The check of a value that is ignored. */
const scalarCheck = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null
    ? `is ${typeName(value)}; this model ignores the column, but takes only text, a number, true, false or null`
    : undefined;

/** The member of a row that a pointer is to. */
export const nameAt = (pointer: string): string =>
  pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');

/** JSON pointer (RFC 6901) to a member of what `parent` points to. */
export const pointerTo = (parent: string, member: string | number): string =>
  `${parent}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
