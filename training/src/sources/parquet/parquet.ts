import { type FileHandle, open } from 'node:fs/promises';
import zlib from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
} from 'hyparquet';
import { compressors as portable } from 'hyparquet-compressors';
import { InputError, inputError } from '../../errors.ts';
import type { ByteSource } from '../bytes.ts';
import type { Source, SourceCell, SourceColumn, SourceRow } from '../source.ts';
import { keepWholeDecimals, parsers, readingOf } from './values.ts';

const batchRows = 8192;

/** What pandas calls an index without a name, which is no column of the table. */
const pandasIndex = /^__index_level_\d+__$/;

/** Those of Node where it has one, which are faster. */
const compressors: Compressors = {
  ...portable,
  GZIP: (bytes) => zlib.gunzipSync(bytes),
  BROTLI: (bytes) => zlib.brotliDecompressSync(bytes),
  // Node 20 has none
  ...('zstdDecompressSync' in zlib && { ZSTD: (bytes: Uint8Array) => zlib.zstdDecompressSync(bytes) }),
};

/** Opens a Parquet file. One row group at a time is in memory. */
export async function openParquet(bytes: ByteSource): Promise<Source> {
  const { path } = bytes;
  const { file, close } = bytes.file === undefined ? await inMemory(bytes) : await ofFile(bytes.file);
  try {
    const metadata = await orFault(path, async () => parquetMetadataAsync(file, { geoparquet: false }));
    return describe(bytes, file, metadata, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function describe(
  bytes: ByteSource,
  file: AsyncBuffer,
  metadata: FileMetaData,
  close: () => Promise<void>,
): Source {
  const { path } = bytes;
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
  // a scan keeps the last values of each column: a new one for each lets them go
  const scan = (names: string[]) =>
    parquetScan({ file, metadata, columns: names, compressors, parsers, geoparquet: false });
  const { ranges } = await orFault(path, () => scan([]));
  for (const range of ranges) {
    const data: SourceCell[][] = [];
    for (const { name, toCell } of columns) {
      const values = await orFault(path, async () =>
        (await scan([name])).readColumn({ column: name, ...range }),
      );
      // at once: bigints take four times the memory of numbers
      data.push(Array.from(values as ArrayLike<unknown>, toCell));
    }
    const rows = range.rowEnd - range.rowStart;
    for (let start = 0; start < rows; start += batchRows) {
      const count = Math.min(batchRows, rows - start);
      yield Array.from({ length: count }, (_, i): SourceRow => {
        return { place: range.rowStart + start + i + 1, cells: data.map((column) => column[start + i]) };
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
