import type { Model, Remark, Row } from '@hearth/artifact';
import { Problem } from '../server/problem.ts';

/** Faults that one response lists; a batch can have more. */
const shown = 100;
/** Faults after which the rest of a batch is not read. */
export const mostFaults = 1000;
/** Unknown columns in a row that each get a fault of their own. */
const mostUnknown = 20;
const longestPointer = 300;

/** The faults of a row. Their number is limited, however large the row is. */
export function faultsOf({ check, manifest: { columns } }: Model, row: unknown, pointer: string): Remark[] {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) {
    if (hasMore(row, columns.length + mostUnknown)) {
      const detail = `has ${Object.keys(row).length} members; the model has ${columns.length} columns`;
      return [{ pointer, detail }];
    }
  }
  return check(row, pointer);
}

/** Whether an object has more than `most` members; does not list them all. */
function hasMore(row: object, most: number): boolean {
  let members = 0;
  for (const _ in row) if (++members > most) return true;
  return false;
}

/** @throws Problem INVALID_INPUT */
export function assertRow(model: Model, row: unknown): asserts row is Row {
  const faults = faultsOf(model, row, '');
  if (faults.length > 0) throw invalidInput(faults);
}

/** The problem with these faults. */
export function invalidInput(faults: Remark[]): Problem {
  const listed = faults.slice(0, shown).map(({ pointer, detail }) => ({
    pointer: pointer.length > longestPointer ? `${pointer.slice(0, longestPointer)}…` : pointer,
    detail,
  }));
  const [{ pointer, detail }] = listed;
  const all = faults.length < mostFaults ? String(faults.length) : `${mostFaults} or more`;
  const more = faults.length > shown ? `; the first ${shown} of ${all} are listed` : '';
  return new Problem('INVALID_INPUT', `${pointer || 'the body'} ${detail}${more}`, listed);
}
