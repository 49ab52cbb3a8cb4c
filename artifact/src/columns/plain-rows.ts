import { type Column, isNumeric, limitsOf } from './columns.ts';
import { numberEnd, readNumber } from './json-number.ts';
import { encodeTexts, findText, matchesAt } from './json-texts.ts';
import { levelsOf } from './kinds/index.ts';
import { missingNumbers } from './missing.ts';

/**
 * Reads a row of JSON straight into cells, as `CellWriter` writes them, without making an object of it. A row is plain if it names
 * known columns, each at most once, spelt as `JSON.stringify` spells them, with values that pass `rowCheck`; codes of values that are
 * not known are read where they are numbers. Of any other the caller has to find out by `JSON.parse` what is wrong, if anything is.
 * @param at of the first byte of the row
 * @param to where its first cell is written
 * @returns the place after the row, -1 where it is not plain
 */
export type PlainRowReader = (bytes: Uint8Array, at: number, cells: Float64Array, to: number) => number;

const quote = 34;
const comma = 44;
const colon = 58;
const letterN = 110;
const openBrace = 123;
const closeBrace = 125;
const nullText = new TextEncoder().encode('null');

/** What has to be asked of a number besides its limits: nothing, whether it is whole, or whether the column's lists have it. */
const anyNumber = 0;
const whole = 1;
const listed = 2;

function askedOf(column: Column): number {
  if (!isNumeric(column)) return anyNumber;
  if (column.enum || column.missingCodes) return listed;
  return column.type === 'integer' ? whole : anyNumber;
}

/** Makes the reader for these columns, once per model. */
export function plainRowReader(columns: readonly Column[]): PlainRowReader {
  const width = columns.length;
  const names = encodeTexts([columns.map(({ name }) => name)]);
  const categories = encodeTexts(
    columns.map((column) => (levelsOf(column) ?? []).filter((level) => typeof level === 'string')),
  );
  // a category has no range: whatever is compared with NaN fails, so that a number is refused
  const limits = columns.map((column) => (isNumeric(column) ? limitsOf(column) : undefined));
  const minimum = Float64Array.from(limits, (each) => each?.minimum ?? Number.NaN);
  const maximum = Float64Array.from(limits, (each) => each?.maximum ?? Number.NaN);
  const kinds = Uint8Array.from(columns, askedOf);
  const missing = columns.map((column) => new Set(missingNumbers(column.missingCodes ?? [])));
  const values = columns.map((column) => isNumeric(column) && column.enum && new Set(column.enum));
  const required = [...columns.keys()].filter((i) => columns[i].required);
  /** Which column followed each, and which began, in the rows so far: rows of one client are alike. [columns + 1] */
  const following = new Int32Array(width + 1);
  const beginning = width;
  /** The category that each column had last: its place among all. */
  const lastCategory = categories.firsts.slice(0, width);
  /** The number of the row that had each column last. */
  const rowOfColumn = new Float64Array(width);
  let rowNumber = 0;

  /** Whether a number within the limits is a value of a column that has lists. */
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

/** The place of the next byte that is not JSON's white space. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  let place = at;
  let byte = bytes[place];
  while (byte <= 32 && (byte === 32 || byte === 10 || byte === 13 || byte === 9)) byte = bytes[++place];
  return place;
}
