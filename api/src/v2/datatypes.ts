import { type Column, isNumeric, kindOf } from '@hearth/artifact';

type ElementCheck = (value: unknown) => string | undefined;

/** Whole numbers up to here are exact in a float64. */
const exact = Number.MAX_SAFE_INTEGER;
export const inexact = 'is a whole number beyond 2^53 - 1, which cannot be read exactly';

/** The protocol's numeric datatypes that are read: bytes of an element, and the range of the integers. */
const numeric = new Map<string, { bytes: number; minimum?: number; maximum?: number }>([
  ['FP64', { bytes: 8 }],
  ['FP32', { bytes: 4 }],
  ['INT8', { bytes: 1, minimum: -(2 ** 7), maximum: 2 ** 7 - 1 }],
  ['INT16', { bytes: 2, minimum: -(2 ** 15), maximum: 2 ** 15 - 1 }],
  ['INT32', { bytes: 4, minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }],
  ['INT64', { bytes: 8, minimum: -exact, maximum: exact }],
  ['UINT8', { bytes: 1, minimum: 0, maximum: 2 ** 8 - 1 }],
  ['UINT16', { bytes: 2, minimum: 0, maximum: 2 ** 16 - 1 }],
  ['UINT32', { bytes: 4, minimum: 0, maximum: 2 ** 32 - 1 }],
  ['UINT64', { bytes: 8, minimum: 0, maximum: exact }],
]);

export const numericNames = [...numeric.keys()];
export const allNames = [...numericNames, 'BOOL', 'BYTES'];

/** Bytes of an element; undefined for BYTES, whose elements differ in length. */
export const bytesOf = (datatype: string): number | undefined =>
  datatype === 'BOOL' ? 1 : numeric.get(datatype)?.bytes;

/** The datatype of a column in the metadata. */
export const datatypeOf = (column: Column): string => kindOf(column).datatype;

/** The datatypes that a tensor of these columns may have: any for one that the model does not use. */
export function acceptedDatatypes(columns: readonly Column[], used: ReadonlySet<string>): string[] {
  const [first, ...more] = columns.filter(({ name }) => used.has(name));
  if (!first) return allNames;
  if (columns.length === 1) return isNumeric(first) ? numericNames : [datatypeOf(first)];
  return [first, ...more].every(isNumeric) ? [...numericNames, 'BYTES'] : ['BYTES'];
}

/** The whole numbers that a datatype can be; undefined for others. */
export function rangeOf(datatype: string): { minimum: number; maximum: number } | undefined {
  const { minimum, maximum } = numeric.get(datatype) ?? {};
  return minimum === undefined || maximum === undefined ? undefined : { minimum, maximum };
}

/** Makes the check of one number of a datatype, before it becomes a cell. */
export function numberCheck(datatype: string): ElementCheck {
  const range = rangeOf(datatype);
  if (!range) return (value) => (typeof value === 'number' ? undefined : 'is not a number');
  const { minimum, maximum } = range;
  return (value) => {
    if (typeof value !== 'number') return 'is not a number';
    if (!Number.isInteger(value)) return `is not a whole number, which ${datatype} needs`;
    if (value >= minimum && value <= maximum) return undefined;
    const isBeyond = maximum === exact && (value > exact || minimum < 0);
    return isBeyond ? inexact : `does not fit into ${datatype}`;
  };
}

/**
 * The numbers of a tensor, from bytes in little endian to those of FP64. A whole number beyond 2^53 - 1 is not exact, but stays beyond.
 */
export function decodeNumbers(datatype: string, raw: Uint8Array, count: number): DataView {
  const view = viewOf(raw);
  const read = readers[datatype] ?? readers.UINT8;
  const bytes = bytesOf(datatype) ?? 1;
  const numbers = viewOf(Buffer.allocUnsafe(8 * count)); // of a pool: a microsecond less than an array of their own
  for (let i = 0; i < count; i++) numbers.setFloat64(8 * i, read(view, i * bytes), true);
  return numbers;
}

export const viewOf = ({ buffer, byteOffset, length }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, length);

const readers: Record<string, (view: DataView, at: number) => number> = {
  FP64: (view, at) => view.getFloat64(at, true),
  FP32: (view, at) => view.getFloat32(at, true),
  INT64: (view, at) => view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true),
  UINT64: (view, at) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true),
  INT32: (view, at) => view.getInt32(at, true),
  UINT32: (view, at) => view.getUint32(at, true),
  INT16: (view, at) => view.getInt16(at, true),
  UINT16: (view, at) => view.getUint16(at, true),
  INT8: (view, at) => view.getInt8(at),
  UINT8: (view, at) => view.getUint8(at),
};
