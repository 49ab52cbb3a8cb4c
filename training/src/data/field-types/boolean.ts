import type { Field } from '../field.ts';
import { common, type FieldType, onlyFormats } from './field-type.ts';

export const boolean: FieldType<'boolean'> = {
  title: 'a boolean',
  constraints: [],
  takesCategories: false,
  formatFault: onlyFormats('default'),
  checked: (field) => ({ type: 'boolean', ...textsOf(field), ...common(field) }),
  levels: () => [false, true],
  fault: () => undefined,
  anyValue: () => true,
  describe: (shared, field) => ({
    ...shared,
    type: 'boolean',
    ...(typeof field.example === 'boolean' && { example: field.example }),
    ...textsOf(field),
  }),
};

const textsOf = ({ trueValues, falseValues }: Field) => ({
  ...(trueValues && { trueValues }),
  ...(falseValues && { falseValues }),
});
