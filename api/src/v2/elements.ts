import { isUtf8 } from 'node:buffer';
import { type CategoryTable, findCategory } from './categories.ts';
import type { CellOrFault, ColumnCells } from './cells.ts';
import { decodeNumbers, inexact, numberCheck, viewOf } from './datatypes.ts';

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

/**
 * Reads numbers that were bytes: no values, no texts, one comparison with each limit. FP64 and INT64, the datatypes of the metadata, are read
 * where they are; others are decoded before.
 */
export function numberReader(
  data: Uint8Array,
  elements: number,
  datatype: string,
  { columns, place, width }: Target,
  marker: unknown,
): TensorReader {
  const count = columns.length;
  const isFloat32 = datatype === 'FP32';
  const isLong = datatype === 'INT64';
  const isInPlace = isLong || datatype === 'FP64';
  const numbers = isInPlace ? viewOf(data) : decodeNumbers(datatype, data, elements);
  const longest = isLong || datatype === 'UINT64' ? Number.MAX_SAFE_INTEGER : Number.POSITIVE_INFINITY;
  const missingNumber = typeof marker === 'number' ? marker : Number.NaN;
  const plain = columns.map(({ minimum, maximum, isWhole }) => ({
    minimum: Math.max(minimum, -longest),
    maximum: Math.min(maximum, longest),
    isWhole: isWhole && !isLong,
    missingNumber,
  }));

  function cellOf(element: number, column: ColumnCells): CellOrFault {
    if (element === missingNumber || Number.isNaN(element)) return column.missing;
    if (Math.abs(element) > longest) return inexact;
    return cellOfNumber(isFloat32 ? column.ofFloat32(element) : element, column);
  }

  return (from, to, cells) => {
    let found: ElementFault | undefined;
    let end = to;
    for (let k = 0; k < count; k++) {
      const column = columns[k];
      for (let row = from; row < end; row++) {
        if (!isFloat32)
          row = readPlain(numbers, isLong, k, count, plain[k], row, end, cells, place + k, width);
        if (row === end) break;
        const cell = cellOf(elementAt(numbers, isLong, row * count + k), column);
        if (typeof cell === 'string') {
          found = { row, column: column.name, detail: cell };
          end = row; // only an earlier row counts now
        } else cells[row * width + place + k] = cell;
      }
    }
    return found;
  };
}

/** An element of FP64 or INT64. */
const elementAt = (numbers: DataView, isLong: boolean, i: number): number =>
  isLong
    ? numbers.getInt32(8 * i + 4, true) * 2 ** 32 + numbers.getUint32(8 * i, true)
    : numbers.getFloat64(8 * i, true);

function cellOfNumber(number: number, column: ColumnCells): CellOrFault {
  const isPlain = number >= column.minimum && number <= column.maximum;
  return isPlain && (!column.isWhole || Number.isInteger(number)) ? number : column.ofValue(number);
}

/** Numbers that are their own cells. */
interface Plain {
  minimum: number;
  maximum: number;
  isWhole: boolean;
  /** Not this one. */
  missingNumber: number;
}

/** Reads plain numbers into the cells of a column, until one is not plain. @returns its row */
function readPlain(
  numbers: DataView,
  isLong: boolean,
  k: number,
  count: number,
  { minimum, maximum, isWhole, missingNumber }: Plain,
  from: number,
  to: number,
  cells: Float64Array,
  place: number,
  width: number,
): number {
  let row = from;
  for (; row < to; row++) {
    const number = elementAt(numbers, isLong, row * count + k);
    if (!(number >= minimum && number <= maximum) || number === missingNumber) break;
    if (isWhole && !Number.isInteger(number)) break;
    cells[row * width + place] = number;
  }
  return row;
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
    return cellOfNumber(isFloat32 ? column.ofFloat32(element) : element, column);
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
  const bytes = Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.length);
  const missingText = typeof marker === 'string' ? Buffer.from(marker) : undefined;
  const texts: Texts = { bytes: viewOf(data), at: 0 };
  const size = data.length;

  function cellOf({ categories, missing, ofText }: ColumnCells, start: number, end: number): CellOrFault {
    if (missingText?.compare(bytes, start, end) === 0) return missing;
    const known = categories ? findCategory(categories, texts.bytes, start, end - start) : -1;
    if (known >= 0) return known;
    const text = bytes.toString('utf8', start, end);
    return text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end))
      ? 'is not text in UTF-8'
      : ofText(text);
  }

  function read(row: number, k: number, cells: Float64Array): ElementFault | undefined {
    const start = texts.at + lengthBytes;
    const end = start <= size ? start + texts.bytes.getUint32(texts.at, true) : start;
    const cell = end > size ? 'is longer than the bytes that are left' : cellOf(columns[k], start, end);
    if (typeof cell === 'string') return { row, column: columns[k].name, detail: cell };
    cells[row * width + place + k] = cell;
    texts.at = end;
    return undefined;
  }

  const [{ categories }] = columns;
  const fast = columns.length === 1 && !missingText ? categories : undefined;
  return (from, to, cells) => {
    for (let row = from; row < to; row++) {
      if (fast) row = readCategories(texts, fast, row, to, cells, place, width);
      for (let k = 0; k < columns.length && row < to; k++) {
        const fault = read(row, k, cells);
        if (fault) return fault;
      }
    }
    const left = size - texts.at;
    if (to * columns.length < elements || left === 0) return undefined;
    return { row: to - 1, column: columns[columns.length - 1].name, detail: `has ${left} bytes behind it` };
  };
}

/** Texts, each after its length, and where the next one begins. */
interface Texts {
  bytes: DataView;
  at: number;
}

/**
 * Reads texts that are categories into the cells of a column, until one is none. A function of its own, without variables of another one:
 * that is twice as fast.
 * @returns the first row that is not read
 */
function readCategories(
  texts: Texts,
  table: CategoryTable,
  from: number,
  to: number,
  cells: Float64Array,
  place: number,
  width: number,
): number {
  const { bytes } = texts;
  const size = bytes.byteLength;
  let { at } = texts;
  let row = from;
  for (; row < to; row++) {
    const start = at + lengthBytes;
    if (start > size) break;
    const length = bytes.getUint32(at, true);
    if (start + length > size) break;
    const cell = findCategory(table, bytes, start, length);
    if (cell < 0) break;
    cells[row * width + place] = cell;
    at = start + length;
  }
  texts.at = at;
  return row;
}
