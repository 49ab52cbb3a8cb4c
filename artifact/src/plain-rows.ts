import { type Column, isNumeric } from './columns.ts';

/**
 * Reads a row of JSON straight into cells, as `CellWriter` writes them, without making an object of it: a quarter of the time of
 * `JSON.parse`, `rowCheck` and `CellWriter` together. Reads plain rows only: known columns, each at most once and as
 * `JSON.stringify` writes it, and values that pass `rowCheck`. Whether another row is wrong, or only unusual, it does not say.
 * @param at of the first byte of the row
 * @param to where its first cell is written
 * @returns the place after the row, -1 where it is not plain
 */
export type PlainRowReader = (bytes: Uint8Array, at: number, cells: Float64Array, to: number) => number;

const quote = 34;
const comma = 44;
const minus = 45;
const point = 46;
const zero = 48;
const nine = 57;
const letterN = 110;
const open = 123;
const close = 125;

/** Texts one after the other: they are compared several times sooner than arrays of their own would be. */
interface Texts {
  bytes: Uint8Array;
  /** [texts + 1] */
  starts: Int32Array;
}

/** Makes the reader for these columns, once per model. */
export function plainRowReader(columns: readonly Column[]): PlainRowReader {
  const width = columns.length;
  const { bytes: names, starts: nameStarts } = joinTexts(
    columns.map(({ name }) => `${JSON.stringify(name)}:`),
  );
  const categoriesOf = columns.map((column) => (isNumeric(column) ? [] : column.categories));
  const { bytes: categories, starts: categoryStarts } = joinTexts(
    categoriesOf.flat().map(({ value }) => JSON.stringify(value)),
  );
  const firstCategory = startsOf(categoriesOf);
  // no number is in the range of a category
  const minimum = Float64Array.from(columns, (column) => (isNumeric(column) ? column.minimum : Number.NaN));
  const maximum = Float64Array.from(columns, (column) => (isNumeric(column) ? column.maximum : Number.NaN));
  const isWhole = Uint8Array.from(columns, ({ type }) => (type === 'integer' ? 1 : 0));
  const required = [...columns.keys()].filter((i) => columns[i].required);
  /** The column that the last row had at each place: rows of one client are alike. */
  const order = Int32Array.from(columns.keys());
  /** The row, by its number, in which each column was last seen. */
  const seen = new Float64Array(width);
  let row = 0;

  const hasName = (bytes: Uint8Array, at: number, i: number): boolean =>
    holds(bytes, at, names, nameStarts[i], nameStarts[i + 1]);

  function columnAt(bytes: Uint8Array, at: number, member: number): number {
    if (member === width) return -1;
    const expected = order[member];
    if (hasName(bytes, at, expected)) return expected;
    const found = columns.findIndex((_, i) => hasName(bytes, at, i));
    if (found >= 0) order[member] = found;
    return found;
  }

  function readCategory(bytes: Uint8Array, at: number, i: number): number {
    const last = firstCategory[i + 1];
    let k = firstCategory[i];
    while (k < last && !holds(bytes, at, categories, categoryStarts[k], categoryStarts[k + 1])) k++;
    if (k === last) return -1;
    end = at + categoryStarts[k + 1] - categoryStarts[k];
    return k - firstCategory[i];
  }

  return (bytes, start, cells, to) => {
    if (bytes[start] !== open) return -1;
    row++;
    for (let i = 0; i < width; i++) cells[to + i] = Number.NaN;
    let at = afterSpace(bytes, start + 1);
    for (let member = 0; bytes[at] !== close; member++) {
      const i = columnAt(bytes, at, member);
      if (i < 0 || seen[i] === row) return -1;
      seen[i] = row;
      at = afterSpace(bytes, at + nameStarts[i + 1] - nameStarts[i]);
      const byte = bytes[at];
      if (byte === quote) {
        const cell = readCategory(bytes, at, i);
        if (cell < 0) return -1;
        cells[to + i] = cell;
      } else if (byte === letterN) {
        if (!holds(bytes, at, nothing, 0, nothing.length)) return -1;
        end = at + nothing.length;
      } else {
        const cell = readNumber(bytes, at);
        if (!(cell >= minimum[i] && cell <= maximum[i]) || (isWhole[i] === 1 && !Number.isInteger(cell)))
          return -1;
        cells[to + i] = cell;
      }
      at = afterSpace(bytes, end);
      if (bytes[at] === comma) {
        at = afterSpace(bytes, at + 1);
        if (bytes[at] === close) return -1;
      } else if (bytes[at] !== close) return -1;
    }
    for (let k = 0; k < required.length; k++) if (Number.isNaN(cells[to + required[k]])) return -1;
    return at + 1;
  };
}

/** The place of the next byte that is not JSON's white space. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  let place = at;
  let byte = bytes[place];
  while (byte <= 32 && (byte === 32 || byte === 10 || byte === 13 || byte === 9)) byte = bytes[++place];
  return place;
}

function startsOf(lists: readonly ArrayLike<unknown>[]): Int32Array {
  const starts = new Int32Array(lists.length + 1);
  for (const [i, { length }] of lists.entries()) starts[i + 1] = starts[i] + length;
  return starts;
}

function joinTexts(texts: readonly string[]): Texts {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  return { bytes: Uint8Array.from(encoded.flatMap((each) => [...each])), starts: startsOf(encoded) };
}

/** Whether these bytes go on with some of the others. */
function holds(bytes: Uint8Array, at: number, others: Uint8Array, from: number, to: number): boolean {
  let place = at;
  for (let i = from; i < to; i++) if (bytes[place++] !== others[i]) return false;
  return true;
}

/** Where the value that was read last ends. */
let end = 0;

const nothing = new TextEncoder().encode('null');

/** A whole number of so many digits, and a power of ten up to it, have no rounding error, so that their quotient has but one (Clinger 1990, "How to read floating point numbers accurately"). */
const exactDigits = 15;
const powersOfTen = Float64Array.from({ length: exactDigits + 1 }, (_, i) => 10 ** i);

/** NaN where there is none. */
function readNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  let byte = bytes[at];
  const isNegative = byte === minus;
  if (isNegative) byte = bytes[++at];
  const first = at;
  let digits = 0;
  while (byte >= zero && byte <= nine) {
    digits = digits * 10 + (byte - zero);
    byte = bytes[++at];
  }
  if (at === first || (bytes[first] === zero && at > first + 1)) return Number.NaN;
  let decimals = 0;
  if (byte === point) {
    const whole = ++at;
    byte = bytes[at];
    while (byte >= zero && byte <= nine) {
      digits = digits * 10 + (byte - zero);
      byte = bytes[++at];
    }
    decimals = at - whole;
    if (decimals === 0) return Number.NaN;
  }
  if (at - first > exactDigits || isExponent(byte)) return readLongNumber(bytes, start);
  end = at;
  const size = digits / powersOfTen[decimals];
  return isNegative ? -size : size;
}

const isExponent = (byte: number): boolean => byte === 69 || byte === 101;

const longest = 64;
const longNumber = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?(?![\d.eE+-])/i;

function readLongNumber(bytes: Uint8Array, start: number): number {
  const text = longNumber.exec(String.fromCharCode(...bytes.subarray(start, start + longest)))?.[0] ?? '';
  end = start + text.length;
  return text === '' ? Number.NaN : Number(text);
}
