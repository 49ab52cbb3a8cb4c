import type { BooleanColumn } from '../columns.ts';
import { typeName } from '../type-name.ts';
import { type Kind, orCode, typeOr } from './kind.ts';

const levels = [
  { value: false, label: { en: 'No', 'pt-BR': 'Não' }, seen: true },
  { value: true, label: { en: 'Yes', 'pt-BR': 'Sim' }, seen: true },
];

/** The texts of Table Schema (https://datapackage.org/standard/table-schema/#boolean). */
const texts = new Map([
  ...['true', 'True', 'TRUE', '1'].map((text) => [text, true] as const),
  ...['false', 'False', 'FALSE', '0'].map((text) => [text, false] as const),
]);

export const boolean: Kind<BooleanColumn> = {
  levels: () => levels,
  range: () => undefined,
  toCell: () => Number,
  toValue: () => Boolean,
  readText: (text) => texts.get(text) ?? { fault: 'is not true or false' },
  fault({ missingCodes }) {
    const code = missingCodes?.find((text) => texts.has(text));
    return code && `has the value "${code}", which means a missing value`;
  },
  check: () => (value) => (typeof value === 'boolean' ? undefined : `is ${typeName(value)}`),
  allowed: (_, quote) => [true, false].map(quote).join(', '),
  unseen: () => 'is a value that no training row has',
  example: () => true,
  valueAt: (_, share) => share >= 0.5,
  schema: (_, codes, orNull) => orCode({ type: typeOr('boolean', orNull) }, codes),
  datatype: 'BOOL',
};
