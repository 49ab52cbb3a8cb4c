import {
  decimalOf,
  delimiterOf,
  headerFaults,
  isBlank,
  type Quoting,
  readRecord,
  readRecords,
  recordFault,
  type TextRecord,
} from '@hearth/artifact/text-table';
import { inputError } from '../../errors.ts';
import type { ByteSource } from '../bytes.ts';
import { decoded } from '../encoding.ts';
import type { Source, SourceOptions, SourceRow } from '../source.ts';
import { linesOf } from './lines.ts';
import { recordsOf } from './records.ts';

/**
 * Opens a table of text by the grammar of `text-table`, and by the dialect in the options: any delimiter, quote and comment sign.
 * @throws InputError BAD_ROW naming file and line
 */
export async function openCsv(bytes: ByteSource, options: SourceOptions): Promise<Source> {
  const { path } = bytes;
  const notes: string[] = [];
  const texts = decoded(bytes.chunks(), path, options.encoding, (note) => notes.push(note));
  const quote = options.quote ?? '"';
  const quoting = { quote, escape: options.escape ?? quote };
  const records = recordsOf(linesOf(texts), quoting, options.comment);
  const { delimiter, names, rest } = await readHead(records, options, quoting, path);

  const toRow = (cells: string[] | undefined, place: number): SourceRow => {
    if (cells?.length === names.length) return { place, cells: withoutNull(cells, options.nullSequence) };
    const fault = recordFault(cells, names.length);
    if (!options.keepsBadRows) throw inputError('BAD_ROW', path, 'line', place, fault);
    return { place, cells: names.map(() => null), fault };
  };
  async function* batches(): AsyncGenerator<SourceRow[], void> {
    let hasRows = false;
    for await (const batch of withFirst(rest, records)) {
      const given = batch.filter(({ text }) => !isBlank(text, delimiter));
      if (given.length === 0) continue;
      hasRows = true;
      const cells = readRecords(
        given.map(({ text }) => text),
        delimiter,
        quoting,
      );
      yield given.map(({ line }) => toRow(cells.next().value ?? undefined, line));
    }
    if (!hasRows) throw inputError('BAD_ROW', path, 'line', 1, needed);
  }
  return {
    path,
    unit: 'line',
    columns: names.map((name) => ({ name })),
    delimiter,
    decimal: options.decimal ?? decimalOf(delimiter),
    batches,
    sha256: bytes.sha256,
    notes,
    close: async () => bytes.close(),
  };
}

const needed = 'a header and at least one row are needed';

interface Head {
  delimiter: string;
  names: readonly string[];
  /** The records that were read with the header, after it. */
  rest: TextRecord[];
}

/** Reads a line `sep=` and the header. */
async function readHead(
  records: AsyncGenerator<TextRecord[], void>,
  options: SourceOptions,
  quoting: Quoting,
  path: string,
): Promise<Head> {
  let separator: string | undefined;
  for (;;) {
    const next = await records.next();
    if (next.done) throw inputError('BAD_ROW', path, 'line', 1, needed);
    for (const [i, record] of next.value.entries()) {
      // before the delimiter is known, tabs may be one
      if (isBlank(record.text, '\t')) continue;
      const named = separator === undefined ? separatorIn(record.text) : undefined;
      if (named !== undefined) {
        separator = named;
        continue;
      }
      const delimiter = separator ?? options.delimiter ?? delimiterIn(record.text);
      if (isBlank(record.text, delimiter)) continue;
      if (options.names) return { delimiter, names: options.names, rest: next.value.slice(i) };
      const names = headerOf(path, record, delimiter, quoting);
      return { delimiter, names, rest: next.value.slice(i + 1) };
    }
  }
}

function headerOf(path: string, { text, line }: TextRecord, delimiter: string, quoting: Quoting): string[] {
  const cells = readRecord(text, delimiter, quoting);
  if (!cells) throw inputError('BAD_ROW', path, 'line', line, recordFault(cells, 0));
  const names = withRowNames(cells.map((name) => name.trim()));
  const [wrong] = headerFaults(names);
  if (wrong) throw inputError('BAD_ROW', path, 'line', line, `column "${wrong.name}" ${wrong.fault}`);
  return names;
}

/** Above the names of the rows, R and pandas write nothing. */
function withRowNames([first, ...others]: readonly string[]): string[] {
  const isFree = others.length > 0 && !others.includes('row.names');
  return [first === '' && isFree ? 'row.names' : first, ...others];
}

/** Excel's line before the header, such as `sep=|`. */
const separatorIn = (line: string): string | undefined => /^"?sep=([^\s\w"]|\t)"?$/i.exec(line)?.[1];

/** As `delimiterOf`, and `|`, which files have, where it is more often in the header. */
function delimiterIn(header: string): string {
  const found = delimiterOf(header);
  const bare = header.replace(/"[^"]*"/g, '');
  return bare.split('|').length > bare.split(found).length ? '|' : found;
}

const withoutNull = (cells: string[], sequence: string | undefined): SourceRow['cells'] =>
  sequence === undefined ? cells : cells.map((cell) => (cell === sequence ? null : cell));

async function* withFirst<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T, void> {
  yield first;
  yield* others;
}
