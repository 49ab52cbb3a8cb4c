import type { DecimalSign } from '@hearth/artifact/text-table';

/**
 * One cell: text in a text format, null where the format itself says that there is no value (an empty cell of text is `''`). A typed format
 * gives typed values. Its dates and times are ISO text, `2024-02-29` or `2024-02-29T12:00:00`, with Z where they are instants; a whole
 * number beyond 2^53 - 1 is a bigint; nested values are their JSON.
 */
export type SourceCell = string | number | bigint | boolean | null;

export interface SourceColumn {
  name: string;
  /** By a typed format; undefined in a text format, and where the format does not say. */
  declared?: 'number' | 'integer' | 'boolean' | 'string' | 'date' | 'datetime';
}

export interface SourceRow {
  /** The number of its line in the file or, where the unit is `row`, of the row: from 1. */
  place: number;
  /** In the order of the columns. */
  cells: SourceCell[];
  /** Only with `keepsBadRows`: why the record could not be split into cells; they are all null. */
  fault?: string;
}

/** A table that is read once, in batches, in constant memory. */
export interface Source {
  /** For messages: the path, or the address without its password. */
  path: string;
  /** What `place` counts, for messages. */
  unit: 'line' | 'row';
  /** A JSON file may have members that its first rows do not have; their columns are added at the end while it is read. */
  columns: SourceColumn[];
  /** What separates cells; text formats only. */
  delimiter?: string;
  /** The decimal sign of its texts. */
  decimal: DecimalSign;
  /** @throws InputError naming file and line or row */
  batches(): AsyncIterable<SourceRow[]>;
  /** Of the bytes of the file (of a database: of its rows as JSON). After all rows were read. */
  sha256(): string;
  /** What was assumed, one sentence each. After all rows were read. */
  notes: string[];
  close(): Promise<void>;
}

/** A table in memory. */
export interface SourceTable
  extends Pick<Source, 'path' | 'unit' | 'columns' | 'delimiter' | 'decimal' | 'notes'> {
  sha256: string;
  rows: SourceRow[];
}

/** What a person or a data package says about a table; what is not said is found in the file. */
export interface SourceOptions {
  format?: SourceFormat;
  /** Whether it has to be compressed; gzip is recognised anyway. */
  compression?: 'gz';
  /** One character; text formats only, as are the next ones. */
  delimiter?: string;
  quote?: string;
  /** What stands before a quote inside quotes: the quote itself, where this is undefined. */
  escape?: string;
  /** A label of https://encoding.spec.whatwg.org. */
  encoding?: string;
  decimal?: DecimalSign;
  /** The names of the columns of a file without a header. */
  names?: readonly string[];
  /** What a line begins with that is left out. */
  comment?: string;
  /** A cell that is a missing value, besides the empty one. */
  nullSequence?: string;
  /** Of a database. */
  table?: string;
  query?: string;
  /** Whether a record that cannot be split into cells is a row with a fault, and not an error. */
  keepsBadRows?: boolean;
}

export const sourceFormats = ['csv', 'json', 'jsonl', 'parquet', 'sqlite', 'postgres'] as const;
export type SourceFormat = (typeof sourceFormats)[number];
export const isSourceFormat = (name: string): name is SourceFormat =>
  (sourceFormats as readonly string[]).includes(name);
