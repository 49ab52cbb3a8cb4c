import { mostCategories } from '@hearth/artifact';
import { type LeftOut, reasonToLeaveOut } from '../infer/left-out.ts';
import type { Cell, Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { DataPackage } from './package.ts';

/** The fields that a model learns from, and one sentence for each that it does not. */
export interface Learnable {
  inputs: Field[];
  notes: string[];
}

/** Leaves out identifiers and free text, where the field says nothing about its values. */
export function learnableInputs(
  data: DataPackage,
  fields: readonly Field[],
  rows: readonly Record<string, Cell>[],
): Learnable {
  const reasons = new Map(
    fields.flatMap((field) => {
      const isExposure = field.name === data.sampling?.exposure;
      const reason = saysNothing(field) && !isExposure ? reasonOf(field, rows) : undefined;
      return reason === undefined ? [] : [[field, reason] as const];
    }),
  );
  const inputs = fields.filter((field) => !reasons.has(field));
  const isGrouped = data.sampling?.group !== undefined;
  const notes = [...reasons].map(([{ name }, { why, repeats }]) =>
    repeats && !isGrouped
      ? `The column "${name}" is left out: ${why}. If rows of one value belong together, such as visits of a patient, name it with --group: otherwise scores look better than they are.`
      : `The column "${name}" is left out: ${why}. To use it, list its categories or its limits in ${data.path}.`,
  );
  return { inputs, notes };
}

/** Whether a string or an integer has neither a list of values nor limits. */
const saysNothing = (field: Field): boolean =>
  (field.type === 'string' || field.type === 'integer') &&
  fieldTypeOf(field).levels(field) === undefined &&
  field.hearth?.open === undefined &&
  ['minimum', 'maximum', 'enum'].every((name) => !Object.hasOwn(field.constraints, name));

function reasonOf({ name, type }: Field, rows: readonly Record<string, Cell>[]): LeftOut | undefined {
  const counts = new Map<string, number>();
  for (const { [name]: value } of rows)
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  // one value, or none, has a message of its own
  if (counts.size < 2 || (type !== 'string' && type !== 'integer')) return undefined;
  const reason = reasonToLeaveOut({ name, rows: rows.length, counts }, { type, missing: [] });
  if (reason !== undefined || type === 'integer' || counts.size <= mostCategories) return reason;
  return { why: `${counts.size} categories; a column has at most ${mostCategories}` };
}
