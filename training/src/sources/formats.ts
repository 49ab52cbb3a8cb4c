import { isUtf8 } from 'node:buffer';
import { inputError } from '../errors.ts';
import type { ByteSource } from './bytes.ts';
import { openCsv } from './csv/csv.ts';
import { openJson } from './json/json.ts';
import { openJsonLines } from './json/lines.ts';
import type { Source, SourceFormat, SourceOptions } from './source.ts';

/** How files of one format are recognised and opened. */
interface FileFormat {
  name: SourceFormat;
  /** Whether the first bytes, or the first characters of a text, are of this format; undefined where they cannot tell. */
  isIn(head: Buffer, text: string): boolean | undefined;
  /** The ends of names of files whose bytes do not tell. */
  endings: readonly string[];
  open(bytes: ByteSource, options: SourceOptions): Promise<Source>;
}

const startsWith = (head: Buffer, text: string): boolean =>
  head.subarray(0, text.length).equals(Buffer.from(text, 'latin1'));

/** In the order in which they are tried. What takes long to load is loaded when it is needed. */
const formats: readonly FileFormat[] = [
  {
    name: 'parquet',
    isIn: (head) => startsWith(head, 'PAR1'),
    endings: ['.parquet', '.pq'],
    open: async (bytes) => (await import('./parquet/parquet.ts')).openParquet(bytes),
  },
  {
    name: 'sqlite',
    isIn: (head) => startsWith(head, 'SQLite format 3\0'),
    endings: ['.sqlite', '.sqlite3', '.db'],
    async open(bytes, options) {
      bytes.close();
      if (bytes.file !== undefined) return (await import('./sqlite.ts')).openSqlite(bytes.file, options);
      throw inputError('BAD_SOURCE', bytes.path, 'is an SQLite database; name its file, uncompressed');
    },
  },
  { name: 'json', isIn: (_, text) => jsonShape(text) === 'json', endings: [], open: openJson },
  { name: 'jsonl', isIn: (_, text) => jsonShape(text) === 'jsonl', endings: [], open: openJsonLines },
  { name: 'csv', isIn: () => undefined, endings: ['.csv', '.tsv', '.txt', '.tab', '.psv'], open: openCsv },
];

/** Whether a text begins like JSON, and then whether each line is an object of its own. */
function jsonShape(text: string): 'json' | 'jsonl' | undefined {
  if (/^\s*\[\s*([{\]]|$)/.test(text)) return 'json';
  if (!/^\s*\{\s*["}]/.test(text)) return undefined;
  const [line, isWhole] = firstLine(text);
  // pandas begins a table that is one object like this
  if (/^\{\s*"(columns|index|schema|data)"\s*:\s*[[{]/.test(line)) return 'json';
  return isWhole && !line.endsWith('}') ? 'json' : 'jsonl';
}

function firstLine(text: string): [line: string, isWhole: boolean] {
  const [line, next] = text.trimStart().split(/[\r\n]/, 2);
  return [line.trimEnd(), next !== undefined];
}

/** What is often taken for a table. */
const foreign: readonly [start: string, what: string, advice: string][] = [
  ['PK\x03\x04', 'an Excel workbook or a zip file', 'save the sheet as CSV, or unpack the file'],
  ['\xd0\xcf\x11\xe0', 'an old Excel workbook', 'save the sheet as CSV'],
  ['ARROW1', 'an Arrow (Feather) file', 'write it as Parquet'],
  ['\x28\xb5\x2f\xfd', 'compressed by zstd', 'decompress it, or compress it by gzip'],
  ['BZh', 'compressed by bzip2', 'decompress it, or compress it by gzip'],
  ['\xfd7zXZ', 'compressed by xz', 'decompress it, or compress it by gzip'],
  ['RDX', 'an R data file', 'write the table with write.csv or arrow::write_parquet'],
  ['X\n\0', 'an R data file', 'write the table with write.csv or arrow::write_parquet'],
  ['PARE', 'an encrypted Parquet file', 'write it without encryption'],
  ['%PDF', 'a PDF', 'export the table as CSV'],
  ['<!DOCTYPE', 'a web page', 'download the file itself'],
  ['<html', 'a web page', 'download the file itself'],
  ['$FL2', 'an SPSS file', 'save it as CSV'],
  ['<stata_dta>', 'a Stata file', 'save it as CSV (export delimited)'],
  ['\x80\x04', 'a Python pickle, which is never read', 'write the table with to_parquet or to_csv'],
  ['\x80\x05', 'a Python pickle, which is never read', 'write the table with to_parquet or to_csv'],
];

/**
 * Opens a file in its format: the one that was named, else the one that its bytes show, else that of its name, else CSV.
 * @throws InputError BAD_SOURCE for a file of no such format
 */
export function openFile(bytes: ByteSource, options: SourceOptions): Promise<Source> {
  const { head, path, name } = bytes;
  const text =
    isUtf8(head.subarray(0, 1)) || startsWith(head, '\xef\xbb\xbf')
      ? head.toString('utf8').replace(/^\uFEFF/, '')
      : '';
  const shown = formats.find(({ isIn }) => isIn(head, text));
  const declared = options.format && formats.find((format) => format.name === options.format);
  if (!shown) {
    const other = foreign.find(([start]) => startsWith(head, start));
    if (other) throw inputError('BAD_SOURCE', path, `is ${other[1]}; ${other[2]}`);
    const binary = declared ?? formats.find(({ endings }) => endings.some((ending) => name.endsWith(ending)));
    if (binary && (binary.name === 'parquet' || binary.name === 'sqlite'))
      throw inputError(
        'BAD_SOURCE',
        path,
        `is not a file of the format ${binary.name}: it does not begin like one`,
      );
  }
  const format = declared ?? shown ?? (formats.at(-1) as FileFormat);
  if (format.name !== 'sqlite' && (options.table ?? options.query) !== undefined)
    throw inputError('BAD_SOURCE', path, 'is not a database: it has no tables, and cannot be queried');
  return format.open(bytes, options);
}
