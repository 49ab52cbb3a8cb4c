import { type FileHandle, open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type DecodedArray,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
} from 'hyparquet';
import { compressors as portable } from 'hyparquet-compressors';
import { InputError, inputError } from '../../errors.ts';
import type { ByteSource } from '../bytes.ts';
import type { Source, SourceColumn, SourceRow } from '../source.ts';
import { keepWholeDecimals, parsers, readingOf } from './values.ts';

const batchRows = 8192;

/** What pandas calls an index without a name, which is no column of the table. */
const pandasIndex = /^__index_level_\d+__$/;

/** Those of Node where it has one, which are faster. */
const compressors: Compressors = {
  ...portable,
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ZSTD: (bytes) => zstdDecompressSync(bytes),
};

/** Opens a Parquet file. One row group at a time is in memory. */
export async function openParquet(bytes: ByteSource): Promise<Source> {
  const { path } = bytes;
  const { file, close } = bytes.file === undefined ? await inMemory(bytes) : await ofFile(bytes.file);
  const metadata = await orFault(path, async () => parquetMetadataAsync(file, { geoparquet: false }));
  const elements = parquetSchema(metadata).children.map(({ element }) => element);
  const left = elements.filter(({ name }) => pandasIndex.test(name));
  const columns = elements
    .filter((element) => !left.includes(element))
    .map((element) => ({ name: element.name, ...readingOf(element) }));
  for (const element of elements) keepWholeDecimals(element);
  return {
    path,
    unit: 'row',
    columns: columns.map(({ name, declared }): SourceColumn => ({ name, ...(declared && { declared }) })),
    decimal: '.',
    async *batches() {
      yield* readBatches(path, file, metadata, columns);
      // the other bytes, for the hash
      if (bytes.file !== undefined) for await (const _ of bytes.chunks());
    },
    sha256: bytes.sha256,
    notes: left.map(({ name }) => `${path}: the column "${name}", an index of pandas, is left out.`),
    async close() {
      bytes.close();
      await close();
    },
  };
}

type Column = { name: string } & ReturnType<typeof readingOf>;

async function* readBatches(
  path: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly Column[],
): AsyncGenerator<SourceRow[], void> {
  const scan = await orFault(path, () =>
    parquetScan({ file, metadata, compressors, parsers, geoparquet: false }),
  );
  for (const range of scan.ranges) {
    const data: DecodedArray[] = [];
    for (const { name } of columns)
      data.push(await orFault(path, () => scan.readColumn({ column: name, ...range })));
    const rows = range.rowEnd - range.rowStart;
    for (let start = 0; start < rows; start += batchRows) {
      const count = Math.min(batchRows, rows - start);
      yield Array.from({ length: count }, (_, i): SourceRow => {
        const cells = columns.map(({ toCell }, j) => toCell(data[j][start + i]));
        return { place: range.rowStart + start + i + 1, cells };
      });
    }
  }
}

async function inMemory(bytes: ByteSource) {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes.chunks()) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const buffer = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer;
  const file: AsyncBuffer = {
    byteLength: buffer.byteLength,
    slice: (start, end) => buffer.slice(start, end),
  };
  return { file, close: async () => {} };
}

async function ofFile(path: string) {
  const handle = await open(path);
  const { size } = await handle.stat();
  const file: AsyncBuffer = { byteLength: size, slice: (start, end = size) => readSlice(handle, start, end) };
  return { file, close: () => handle.close() };
}

async function readSlice(handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  let at = 0;
  while (at < bytes.length) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, start + at);
    if (bytesRead === 0) throw new Error('the file is shorter than it says');
    at += bytesRead;
  }
  return bytes.buffer;
}

/** hyparquet throws plain errors for what is wrong with a file, and a RangeError where it is cut off. */
async function orFault<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw inputError('BAD_SOURCE', path, `cannot be read as Parquet: ${error.message}; write the file again`);
  }
}
