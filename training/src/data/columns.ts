import type { Column, Texts } from '@hearth/artifact';
import type { Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { Table } from './table.ts';

/** The columns of a model of this table, with their seen ranges. */
export const describeColumns = (table: Table): Column[] =>
  table.data.inputs.map((field) => describe(field, table));

function describe(field: Field, table: Table): Column {
  const { name, title, constraints, missingValues, hearth = {} } = field;
  const { label = plain(title), description = plain(field.description), term, remark, group } = hearth;
  const codes = [...new Set(missingValues)].filter((code) => code !== '');
  const shared = {
    name,
    ...(label && { label }),
    ...(description && { description }),
    ...(term && { term }),
    ...(remark && { remark }),
    ...(group !== undefined && { group }),
    required: constraints.required ?? false,
    ...(codes.length > 0 && { missingCodes: codes }),
  };
  return fieldTypeOf(field).describe(
    shared,
    field,
    table.inputs.map((row) => row[name]),
  );
}

/** A text of Table Schema, if it says something. */
const plain = (text: string | null | undefined): Texts | undefined =>
  text?.trim() ? { en: text } : undefined;
