import * as v from 'valibot';
import { isSourceFormat, type SourceFormat, type SourceOptions } from '../sources/index.ts';

/** The members of a resource that say how its file is read; supported.ts checks their values. */
export const resourceEntries = {
  format: v.nullish(v.string()),
  mediatype: v.nullish(v.string()),
  encoding: v.nullish(v.string()),
  compression: v.nullish(v.literal('gz')),
  dialect: v.nullish(
    v.object({
      delimiter: v.nullish(v.string()),
      quoteChar: v.nullish(v.string()),
      escapeChar: v.nullish(v.string()),
      header: v.nullish(v.boolean()),
      commentChar: v.nullish(v.string()),
      nullSequence: v.nullish(v.string()),
      table: v.nullish(v.string()),
    }),
  ),
};
const resourceSchema = v.object(resourceEntries);

/** How a resource says that its file is read. @param names of the fields, which a table without a header has */
export function sourceOptions(
  { format, mediatype, encoding, compression, dialect }: v.InferOutput<typeof resourceSchema>,
  names: readonly string[],
): SourceOptions {
  const { delimiter, quoteChar, escapeChar, header, commentChar, nullSequence, table } = dialect ?? {};
  return present({
    format: formatOf(format) ?? formatOf(mediatype?.split(';')[0]),
    encoding: encoding ?? charsetOf(mediatype),
    compression,
    delimiter,
    quote: quoteChar,
    escape: escapeChar,
    names: header === false ? names : undefined,
    comment: commentChar,
    nullSequence,
    table,
  });
}

const present = <T extends object>(object: T) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));

const others: Readonly<Record<string, SourceFormat>> = {
  tsv: 'csv',
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/json': 'json',
  ndjson: 'jsonl',
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'application/vnd.apache.parquet': 'parquet',
  sqlite3: 'sqlite',
  'application/vnd.sqlite3': 'sqlite',
  postgresql: 'postgres',
};

/** The format that a resource's `format` or media type names; undefined where there is no such one. */
export function formatOf(name: string | null | undefined): SourceFormat | undefined {
  const known = name?.trim().toLowerCase() ?? '';
  if (isSourceFormat(known)) return known;
  return Object.hasOwn(others, known) ? others[known] : undefined;
}

/** The encoding that a media type names. */
export const charsetOf = (mediaType: string | null | undefined): string | undefined =>
  /;\s*charset="?([^";\s]+)"?/i.exec(mediaType ?? '')?.[1];
