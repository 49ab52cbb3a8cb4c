import { CsvError, parse } from 'csv-parse/sync';

/** In the order in which they win a tie. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The cells of one record; undefined where its quotes do not pair up. Spaces around a cell are left out, those in quotes kept. */
export function readRecord(text: string, delimiter: Delimiter): string[] | undefined {
  const records = tryRecords(text, delimiter);
  return records?.length === 1 ? records[0] : undefined;
}

/** The cells of each of these records, none of which is blank. */
export function* readRecords(
  texts: readonly string[],
  delimiter: Delimiter,
): Generator<string[] | undefined, void> {
  const text = texts.join('\n');
  if (!text.includes('"')) {
    // Without quotes there is nothing to parse, and this is several times faster than any parser.
    for (const each of texts) yield trimmed(each.split(delimiter));
    return;
  }
  const records = tryRecords(text, delimiter);
  // A quote that is not closed takes in the next record, or makes all of them unreadable: then each is read alone.
  if (records?.length === texts.length) yield* records;
  else for (const each of texts) yield readRecord(each, delimiter);
}

/** What is wrong with a record that does not have so many cells. */
export const recordFault = (cells: readonly string[] | undefined, count: number): string =>
  cells ? `has ${cells.length} cells; the header has ${count}` : 'has quotes that do not pair up';

function trimmed(cells: string[]): string[] {
  for (let i = 0; i < cells.length; i++) cells[i] = cells[i].trim();
  return cells;
}

/** Where a cell may have spaces around it, or around its quotes; most texts have none. */
const outerSpace: Record<Delimiter, RegExp> = {
  ',': /(^|[,\n])[^\S\n]|[^\S\n]([,\n]|$)/,
  ';': /(^|[;\n])[^\S\n]|[^\S\n]([;\n]|$)/,
  '\t': /(^|[\t\n])[^\S\t\n]|[^\S\t\n]([\t\n]|$)/,
};
function tryRecords(text: string, delimiter: Delimiter): string[][] | undefined {
  try {
    const trim = outerSpace[delimiter].test(text); // it takes longer
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, trim });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
