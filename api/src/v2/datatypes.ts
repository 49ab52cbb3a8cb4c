import { type Column, isNumeric, kindOf } from '@hearth/artifact';

type ElementCheck = (value: unknown) => string | undefined;

/** The protocol's numeric datatypes that JSON can carry, with the range of the integers. */
const numeric = new Map<string, { minimum: number; maximum: number } | 'any'>([
  ['FP64', 'any'],
  ['FP32', 'any'],
  ['INT8', { minimum: -(2 ** 7), maximum: 2 ** 7 - 1 }],
  ['INT16', { minimum: -(2 ** 15), maximum: 2 ** 15 - 1 }],
  ['INT32', { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  ['INT64', { minimum: -(2 ** 63), maximum: 2 ** 63 }],
  ['UINT8', { minimum: 0, maximum: 2 ** 8 - 1 }],
  ['UINT16', { minimum: 0, maximum: 2 ** 16 - 1 }],
  ['UINT32', { minimum: 0, maximum: 2 ** 32 - 1 }],
  ['UINT64', { minimum: 0, maximum: 2 ** 64 }],
]);

const numericNames = [...numeric.keys()];

/** The checks of elements of the other datatypes. */
const others: Record<string, ElementCheck> = {
  BOOL: (value) => (typeof value === 'boolean' ? undefined : 'is not true or false'),
  BYTES: (value) => (typeof value === 'string' ? undefined : 'is not text; BYTES are text in JSON'),
};

/** The datatype of a column in the metadata. */
export const datatypeOf = (column: Column): string => kindOf(column).datatype;

/** The datatypes that a tensor of these columns may have: any for one that the model does not use. */
export function acceptedDatatypes(columns: readonly Column[], used: ReadonlySet<string>): string[] {
  const [first, ...more] = columns.filter(({ name }) => used.has(name));
  if (!first) return [...numericNames, ...Object.keys(others)];
  if (columns.length === 1) return isNumeric(first) ? numericNames : [datatypeOf(first)];
  return [first, ...more].every(isNumeric) ? [...numericNames, 'BYTES'] : ['BYTES'];
}

/** Makes the check of one element of a tensor of a datatype. */
export function elementCheck(datatype: string): ElementCheck {
  const range = numeric.get(datatype);
  if (!range) return others[datatype];
  if (range === 'any') return (value) => (typeof value === 'number' ? undefined : 'is not a number');
  return (value) => {
    if (typeof value !== 'number') return 'is not a number';
    if (!Number.isInteger(value)) return `is not a whole number, which ${datatype} needs`;
    return value < range.minimum || value > range.maximum ? `does not fit into ${datatype}` : undefined;
  };
}
