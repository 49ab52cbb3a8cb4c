import type { Column } from '@hearth/artifact';
import type { Field } from './package.ts';
import type { Table } from './table.ts';

/** Describes the table's input columns as a model carries them, with the range seen. */
export const describeColumns = (table: Table): Column[] =>
  table.data.inputs.map((field) => describe(field, table));

function describe(field: Field, table: Table): Column {
  const { name, type, constraints, example, missingValues, hearth } = field;
  if (!hearth) throw new TypeError(`field "${name}" has been checked to be described`);
  const { label, description, term, group, unit, categories, monotone } = hearth;
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
  if (type === 'string') {
    const given = new Set(table.inputs.map((row) => row[name]));
    const unseen = categories?.map(({ value }) => value).filter((value) => !given.has(value)) ?? [];
    return {
      ...shared,
      type: 'category',
      categories: categories ?? [],
      ...(unseen.length > 0 && { unseen }),
      ...(typeof example === 'string' && { example }),
    };
  }
  const values = table.inputs.map((row) => row[name]).filter((value) => typeof value === 'number');
  return {
    ...shared,
    type,
    ...(unit && { unit }),
    minimum: constraints.minimum as number,
    maximum: constraints.maximum as number,
    ...(constraints.enum && { enum: constraints.enum as number[] }),
    ...(typeof example === 'number' && { example }),
    seen: {
      minimum: values.reduce((a, b) => Math.min(a, b)),
      maximum: values.reduce((a, b) => Math.max(a, b)),
    },
    ...(monotone && { monotone }),
  };
}
