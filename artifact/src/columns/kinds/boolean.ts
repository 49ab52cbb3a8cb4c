import type { BooleanColumn } from '../columns.ts';
import { typeName } from '../type-name.ts';
import { type Kind, orCode, typeOr } from './kind.ts';

const levels = [
  { value: false, label: { en: 'No', 'pt-BR': 'Não' }, seen: true },
  { value: true, label: { en: 'Yes', 'pt-BR': 'Sim' }, seen: true },
];

type Texts = Pick<BooleanColumn, 'trueValues' | 'falseValues'>;

/** The defaults are those of Table Schema (https://datapackage.org/standard/table-schema/#boolean). */
const textsOf = ({
  trueValues = ['true', 'True', 'TRUE', '1'],
  falseValues = ['false', 'False', 'FALSE', '0'],
}: Texts): Map<string, boolean> =>
  new Map([
    ...trueValues.map((text) => [text, true] as const),
    ...falseValues.map((text) => [text, false] as const),
  ]);

export const boolean: Kind<BooleanColumn> = {
  levels: () => levels,
  range: () => undefined,
  toCell: () => Number,
  toValue: () => Boolean,
  readText(column) {
    const texts = textsOf(column);
    return (text) => texts.get(text) ?? { fault: 'is not true or false' };
  },
  fault(column) {
    const texts = textsOf(column);
    const both = column.falseValues?.find((text) => column.trueValues?.includes(text));
    if (both !== undefined) return `has the text "${both}" for true and for false`;
    const code = column.missingCodes?.find((text) => texts.has(text));
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
