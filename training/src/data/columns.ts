import type { Column } from '@hearth/artifact';
import type { Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { Table } from './table.ts';

/** The columns of a model of this table, with their seen ranges. */
export const describeColumns = (table: Table): Column[] =>
  table.data.inputs.map((field) => describe(field, table));

function describe(field: Field, table: Table): Column {
  const { name, constraints, missingValues, hearth } = field;
  if (!hearth) throw new TypeError(`field "${name}" has been checked to be described`);
  const { label, description, term, group } = hearth;
  const codes = [...new Set(missingValues)].filter((code) => code !== '');
  const shared = {
    name,
    label,
    description,
    ...(term && { term }),
    group,
    required: constraints.required ?? false,
    ...(codes.length > 0 && { missingCodes: codes }),
  };
  return fieldTypeOf(field).describe(
    shared,
    field,
    table.inputs.map((row) => row[name]),
  );
}
