import { type Column, isNumeric, limitsOf } from './columns.ts';
import { numberEnd, readNumber } from './json-number.ts';
import { encodeTexts, findText, matchesAt } from './json-texts.ts';
import { levelsOf } from './kinds/index.ts';
import { missingNumbers } from './missing.ts';

/**
 * Reads a row of JSON directly into cells, as `CellWriter` writes them, without creating an object. This works for *plain* rows: all
 * columns are known and occur once, names and categories are written as by `JSON.stringify`, and values pass `rowCheck`; numeric codes
 * of missing values are allowed. Other rows can be valid too: the caller parses and checks them with `JSON.parse` and `rowCheck`.
 * @param at index of the first byte of the row
 * @param to index of its first cell
 * @returns the index after the row, -1 if it is not plain
 */
export type PlainRowReader = (bytes: Uint8Array, at: number, cells: Float64Array, to: number) => number;

const quote = 34;
const comma = 44;
const colon = 58;
const letterN = 110;
const openBrace = 123;
const closeBrace = 125;
const nullText = new TextEncoder().encode('null');

/** How a number is checked besides its limits: not at all, whether it is whole, or by the lists of values and codes of its column. */
const anyNumber = 0;
const whole = 1;
const listed = 2;

function numberCheckOf(column: Column): number {
  if (!isNumeric(column)) return anyNumber;
  if (column.enum || column.missingCodes) return listed;
  return column.type === 'integer' ? whole : anyNumber;
}

/** Creates the reader for these columns, once per model. */
export function plainRowReader(columns: readonly Column[]): PlainRowReader {
  const width = columns.length;
  const names = encodeTexts([columns.map(({ name }) => name)]);
  const categories = encodeTexts(
    columns.map((column) => (levelsOf(column) ?? []).filter((level) => typeof level === 'string')),
  );
  // a category has no range: comparisons with NaN are false, so that numbers are refused
  const limits = columns.map((column) => (isNumeric(column) ? limitsOf(column) : undefined));
  const minimum = Float64Array.from(limits, (each) => each?.minimum ?? Number.NaN);
  const maximum = Float64Array.from(limits, (each) => each?.maximum ?? Number.NaN);
  const kinds = Uint8Array.from(columns, numberCheckOf);
  const missing = columns.map((column) => new Set(missingNumbers(column.missingCodes ?? [])));
  const values = columns.map((column) => isNumeric(column) && column.enum && new Set(column.enum));
  const required = [...columns.keys()].filter((i) => columns[i].required);
  /** Guesses, because rows of one client are alike: the column that last followed each column, and that was last the first; [columns + 1]. */
  const following = new Int32Array(width + 1);
  const beginning = width;
  /** A guess too: the last category of each column, as an index among all categories; [columns]. */
  const lastCategory = categories.firsts.slice(0, width);
  /** The number of the last row that had each column, to find repeated columns; [columns]. */
  const rowOfColumn = new Float64Array(width);
  let rowNumber = 0;

  /** Whether a number within the limits is allowed in a column with lists. */
  function isListed(i: number, cell: number): boolean {
    const list = values[i];
    return (!list || list.has(cell)) && (columns[i].type === 'number' || Number.isInteger(cell));
  }

  return (bytes, start, cells, to) => {
    if (bytes[start] !== openBrace) return -1;
    rowNumber++;
    for (let i = 0; i < width; i++) cells[to + i] = Number.NaN;
    let at = afterSpace(bytes, start + 1);
    let previous = beginning;
    while (bytes[at] !== closeBrace) {
      const i = findText(bytes, at, names, 0, following[previous]);
      if (i < 0 || rowOfColumn[i] === rowNumber) return -1;
      rowOfColumn[i] = rowNumber;
      following[previous] = i;
      previous = i;
      at = afterSpace(bytes, at + names.starts[i + 1] - names.starts[i]);
      if (bytes[at] !== colon) return -1;
      at = afterSpace(bytes, at + 1);
      const byte = bytes[at];
      if (byte === quote) {
        const k = findText(bytes, at, categories, i, lastCategory[i]);
        if (k < 0) return -1;
        lastCategory[i] = k;
        cells[to + i] = k - categories.firsts[i];
        at += categories.starts[k + 1] - categories.starts[k];
      } else if (byte === letterN) {
        if (!matchesAt(bytes, at, nullText, 0, nullText.length)) return -1;
        at += nullText.length;
      } else {
        const cell = readNumber(bytes, at);
        const kind = kinds[i];
        if (kind !== listed || !missing[i].has(cell)) {
          if (!(cell >= minimum[i] && cell <= maximum[i]) || (kind === whole && !Number.isInteger(cell)))
            return -1;
          if (kind === listed && !isListed(i, cell)) return -1;
          cells[to + i] = cell;
        }
        at = numberEnd();
      }
      at = afterSpace(bytes, at);
      if (bytes[at] === comma) {
        at = afterSpace(bytes, at + 1);
        if (bytes[at] === closeBrace) return -1;
      } else if (bytes[at] !== closeBrace) return -1;
    }
    for (let k = 0; k < required.length; k++) if (Number.isNaN(cells[to + required[k]])) return -1;
    return at + 1;
  };
}

/** The index of the next byte that is not white space in JSON. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  let place = at;
  let byte = bytes[place];
  while (byte <= 32 && (byte === 32 || byte === 10 || byte === 13 || byte === 9)) byte = bytes[++place];
  return place;
}
