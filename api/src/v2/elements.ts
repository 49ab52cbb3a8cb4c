import { isUtf8 } from 'node:buffer';
import type { CellOrFault, ColumnCells } from './cells.ts';
import { inexact, numberCheck } from './datatypes.ts';

export interface ElementFault {
  row: number;
  column: string;
  detail: string;
}

/** Reads rows of a tensor into their cells; call it for one row after another. @returns the first fault, if there is one */
export type TensorReader = (from: number, to: number, cells: Float64Array) => ElementFault | undefined;

/** Where the elements of a tensor belong. */
export interface Target {
  columns: readonly ColumnCells[];
  /** Place of the first one among all columns. */
  place: number;
  /** The number of all columns. */
  width: number;
}

/** Reads numbers that were bytes: no values, no texts, one comparison with each limit. */
export function numberReader(
  numbers: Float64Array,
  datatype: string,
  { columns, place, width }: Target,
  marker: unknown,
): TensorReader {
  const count = columns.length;
  const isFloat32 = datatype === 'FP32';
  const isLong = datatype === 'INT64' || datatype === 'UINT64';
  const missingNumber = typeof marker === 'number' ? marker : Number.NaN;
  return (from, to, cells) => {
    let found: ElementFault | undefined;
    let end = to;
    for (let k = 0; k < count; k++) {
      const column = columns[k];
      const { minimum, maximum, isWhole } = column;
      for (let row = from; row < end; row++) {
        let number = numbers[row * count + k];
        if (isFloat32 && number !== missingNumber) number = column.ofFloat32(number);
        let cell: CellOrFault = number;
        const isInexact = isLong && !Number.isSafeInteger(number);
        const isPlain = number >= minimum && number <= maximum && (!isWhole || Number.isInteger(number));
        if (!isPlain || isInexact || number === missingNumber) {
          if (number === missingNumber || Number.isNaN(number)) cell = column.missing;
          else cell = isInexact ? inexact : column.ofValue(number);
          if (typeof cell === 'string') {
            found = { row, column: column.name, detail: cell };
            end = row; // only an earlier row counts now
            break;
          }
        }
        cells[row * width + place + k] = cell;
      }
    }
    return found;
  };
}

/** Reads values of JSON or of gRPC. */
export function valueReader(
  values: readonly unknown[],
  datatype: string,
  { columns, place, width }: Target,
  marker: unknown,
): TensorReader {
  const count = columns.length;
  const isFloat32 = datatype === 'FP32';
  const isText = datatype === 'BYTES';
  const faultOf = isText || datatype === 'BOOL' ? otherChecks[datatype] : numberCheck(datatype);
  const isMissing = (element: unknown): boolean =>
    element === null ||
    (marker !== undefined &&
      (isFloat32 && typeof element === 'number' ? Math.fround(element) : element) === marker) ||
    Number.isNaN(element);

  function cellOf(element: unknown, column: ColumnCells): CellOrFault {
    if (isMissing(element)) return column.missing;
    const fault = faultOf(element);
    if (fault !== undefined) return fault;
    if (isText) return column.ofText(element as string);
    if (typeof element !== 'number') return column.ofValue(element as boolean);
    const number = isFloat32 ? column.ofFloat32(element) : element;
    const isPlain = number >= column.minimum && number <= column.maximum;
    return isPlain && (!column.isWhole || Number.isInteger(number)) ? number : column.ofValue(number);
  }

  return (from, to, cells) => {
    for (let row = from; row < to; row++)
      for (let k = 0; k < count; k++) {
        const cell = cellOf(values[row * count + k], columns[k]);
        if (typeof cell === 'string') return { row, column: columns[k].name, detail: cell };
        cells[row * width + place + k] = cell;
      }
    return undefined;
  };
}

/** The checks of elements of the datatypes that are not numbers. */
const otherChecks: Record<'BYTES' | 'BOOL', (value: unknown) => string | undefined> = {
  BOOL: (value) => (typeof value === 'boolean' ? undefined : 'is not true or false'),
  BYTES: (value) => (typeof value === 'string' ? undefined : 'is not text; BYTES are text in JSON'),
};

/** The length before each element of BYTES. */
const lengthBytes = 4;

/** Reads texts that were bytes. A category is found by its bytes; other elements become text. */
export function textReader(
  data: Uint8Array,
  elements: number,
  { columns, place, width }: Target,
  marker: unknown,
): TensorReader {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.length);
  const count = columns.length;
  const missingText = typeof marker === 'string' ? Buffer.from(marker) : undefined;
  let at = 0;
  let read = 0;

  function cellOf(column: ColumnCells, start: number, end: number): CellOrFault {
    if (missingText && missingText.compare(bytes, start, end) === 0) return column.missing;
    const known = column.findCategory?.(bytes, start, end) ?? -1;
    if (known >= 0) return known;
    const text = bytes.toString('utf8', start, end);
    return text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end))
      ? 'is not text in UTF-8'
      : column.ofText(text);
  }

  return (from, to, cells) => {
    for (let row = from; row < to; row++)
      for (let k = 0; k < count; k++) {
        const start = at + lengthBytes;
        const end = start <= bytes.length ? start + lengthAt(bytes, at) : start;
        if (end > bytes.length)
          return { row, column: columns[k].name, detail: 'is longer than the bytes that are left' };
        const cell = cellOf(columns[k], start, end);
        if (typeof cell === 'string') return { row, column: columns[k].name, detail: cell };
        cells[row * width + place + k] = cell;
        at = end;
        read++;
      }
    if (read === elements && at < bytes.length)
      return {
        row: to - 1,
        column: columns[count - 1].name,
        detail: `has ${bytes.length - at} bytes behind it`,
      };
    return undefined;
  };
}

const lengthAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
