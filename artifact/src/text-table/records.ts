import { CsvError, parse } from 'csv-parse/sync';

/** In the order in which they win a tie. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How cells are quoted. */
export interface Quoting {
  quote: string;
  /** What stands before a quote inside quotes. */
  escape: string;
}
const rfc4180: Quoting = { quote: '"', escape: '"' };

/** The cells of one record; undefined where its quotes do not pair up. Spaces around a cell are left out, those in quotes kept. */
export function readRecord(text: string, delimiter: string, quoting = rfc4180): string[] | undefined {
  const records = tryRecords(text, delimiter, quoting);
  return records?.length === 1 ? records[0] : undefined;
}

/** The cells of each of these records, none of which is blank. */
export function* readRecords(
  texts: readonly string[],
  delimiter: string,
  quoting = rfc4180,
): Generator<string[] | undefined, void> {
  const text = texts.join('\n');
  if (!text.includes(quoting.quote)) {
    // Without quotes there is nothing to parse, and this is several times faster than any parser.
    for (const each of texts) yield trimmed(each.split(delimiter));
    return;
  }
  const records = tryRecords(text, delimiter, quoting);
  // A quote that is not closed takes in the next record, or makes all of them unreadable: then each is read alone.
  if (records?.length === texts.length) yield* records;
  else for (const each of texts) yield readRecord(each, delimiter, quoting);
}

/** What is wrong with a record that does not have so many cells. */
export const recordFault = (cells: readonly string[] | undefined, count: number): string =>
  cells ? `has ${cells.length} cells; the header has ${count}` : 'has quotes that do not pair up';

function trimmed(cells: string[]): string[] {
  for (let i = 0; i < cells.length; i++) cells[i] = cells[i].trim();
  return cells;
}

/** Where a cell may have spaces around it, or around its quotes; most texts have none. */
function outerSpaceOf(delimiter: string): RegExp {
  const sign = `\\u{${delimiter.codePointAt(0)?.toString(16)}}`;
  const space = `(?!${sign})[^\\S\\n]`;
  return new RegExp(`(^|${sign}|\\n)${space}|${space}(${sign}|\\n|$)`, 'u');
}
const outerSpace = new Map<string, RegExp>(delimiters.map((each) => [each, outerSpaceOf(each)]));

function tryRecords(text: string, delimiter: string, quoting: Quoting): string[][] | undefined {
  try {
    const trim = (outerSpace.get(delimiter) ?? outerSpaceOf(delimiter)).test(text); // it takes longer
    const common = { delimiter, ...quoting, record_delimiter: '\n', relax_column_count: true };
    return parse(text, { ...common, trim });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
