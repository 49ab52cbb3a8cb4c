import { CsvError, parse } from 'csv-parse/sync';

export type Delimiter = ',' | ';';

/** What separates the cells of a table, by its header. */
export function delimiterOf(header: string): Delimiter {
  const bare = header.replace(/"[^"]*"/g, '');
  return bare.split(';').length > bare.split(',').length ? ';' : ',';
}

/** The cells of one line; undefined where its quotes do not pair up. A record is one line: no cell holds a line break. */
export function readRecord(line: string, delimiter: Delimiter): string[] | undefined {
  const records = tryRecords(line, delimiter);
  return records?.length === 1 ? records[0] : undefined;
}

/** The cells of each of these lines. */
export function* readRecords(
  lines: readonly string[],
  delimiter: Delimiter,
): Generator<string[] | undefined, void> {
  const text = lines.join('\n');
  if (!text.includes('"')) {
    // Nothing to parse: to take lines apart is several times quicker than any parser, and leaves less to be collected.
    for (const line of lines) yield line.split(delimiter);
    return;
  }
  const records = tryRecords(text, delimiter);
  // A quote that is not closed takes in the next line, or makes all of them unreadable: then each is read alone.
  if (records?.length === lines.length) yield* records;
  else for (const line of lines) yield readRecord(line, delimiter);
}

function tryRecords(text: string, delimiter: Delimiter): string[][] | undefined {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}
