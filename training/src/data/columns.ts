import { type Column, isNumeric, type Texts } from '@hearth/artifact';
import type { Field } from './field.ts';
import { fieldTypeOf } from './field-types/index.ts';
import type { Table } from './table.ts';

/** The columns of a model of this table, with their seen ranges. */
export const describeColumns = (table: Table): Column[] => {
  const { inputs, sampling } = table.data;
  return inputs.map((field) => {
    const column = describe(field, table);
    return field.name === sampling?.exposure ? asExposure(column) : column;
  });
};

/** What the exposure of a count means, behind its own description. */
const meaning = {
  en: 'The expected count is for this exposure; without it, for an exposure of 1.',
  'pt-BR': 'A contagem esperada é para esta exposição; sem ela, para uma exposição de 1.',
};
/** An exposure can be so much smaller than the least of the training rows. */
const smaller = 1e-6;

/** An exposure has a logarithm, so that it has a limit above 0. */
function asExposure(column: Column): Column {
  if (!isNumeric(column)) return column;
  const { minimum = 0, seen, description = {}, type } = column;
  const least = type === 'integer' ? 1 : 10 ** Math.floor(Math.log10(seen.minimum * smaller));
  return {
    ...column,
    minimum: minimum > 0 ? minimum : least,
    description: {
      en: [description.en, meaning.en].filter(Boolean).join(' '),
      'pt-BR': [description['pt-BR'] ?? description.en, meaning['pt-BR']].filter(Boolean).join(' '),
    },
  };
}

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
