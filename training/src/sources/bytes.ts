import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { inputError } from '../errors.ts';

/** What decides the format is within so many bytes. */
const headBytes = 64 * 1024;

/** A file or standard input, read once from the beginning. */
export interface ByteSource {
  /** As messages name it. */
  path: string;
  /** The file, for formats that do not read it in order; undefined for standard input and compressed files. */
  file: string | undefined;
  /** Its name in lower case without `.gz`, which may tell the format; empty for standard input. */
  name: string;
  /** The first bytes, decompressed. */
  head: Buffer;
  /** All bytes, decompressed. */
  chunks(): AsyncGenerator<Buffer, void>;
  /** Of the bytes as they were read, before they were decompressed; after the last chunk. */
  sha256(): string;
  close(): void;
}

/**
 * Opens a file, or standard input where `where` is `-`. Gzip is recognised and decompressed.
 * @param mustBeGzip where a data package says that it is
 * @throws InputError NO_FILE, IS_FOLDER
 */
export async function openBytes(where: string, mustBeGzip = false): Promise<ByteSource> {
  const path = where === '-' ? 'standard input' : where;
  if (where !== '-') await assertFile(where);
  const stream = where === '-' ? process.stdin : createReadStream(where, { highWaterMark: 256 * 1024 });
  const hash = createHash('sha256');
  const raw = new Chunks(hashed(stream, hash));
  const isGzip = (await raw.peek(headBytes)).subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]));
  if (mustBeGzip && !isGzip) {
    stream.destroy();
    throw inputError('BAD_SOURCE', path, 'is not compressed by gzip, although its data package says so');
  }
  const chunks = isGzip ? new Chunks(gunzipped(raw.all(), path)) : raw;
  return {
    path,
    file: where === '-' || isGzip ? undefined : where,
    name: where === '-' ? '' : basename(where).toLowerCase().replace(/\.gz$/, ''),
    head: await chunks.peek(headBytes),
    chunks: () => chunks.all(),
    sha256: () => hash.digest('hex'),
    close: () => void (where !== '-' && stream.destroy()),
  };
}

async function assertFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw inputError('NO_FILE', path);
    throw error;
  });
  if (found.isDirectory()) throw inputError('IS_FOLDER', path, '');
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: { update(bytes: Buffer): unknown }) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* gunzipped(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer, void> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const feed = (async () => {
    for await (const chunk of chunks) {
      if (!gunzip.write(chunk)) await new Promise((resolve) => gunzip.once('drain', resolve));
    }
    gunzip.end();
  })();
  feed.catch((error) => gunzip.destroy(error));
  try {
    yield* gunzip;
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    throw inputError('BAD_SOURCE', path, 'is compressed by gzip, but damaged or cut off; copy it again');
  }
  await feed;
}

/** Chunks of which the first bytes can be seen before they are read. */
class Chunks {
  #chunks: AsyncIterator<Buffer, void>;
  #seen: Buffer[] = [];

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]() as AsyncIterator<Buffer, void>;
  }

  async peek(bytes: number): Promise<Buffer> {
    let length = this.#seen.reduce((sum, each) => sum + each.length, 0);
    while (length < bytes) {
      const next = await this.#chunks.next();
      if (next.done) break;
      this.#seen.push(next.value);
      length += next.value.length;
    }
    return Buffer.concat(this.#seen).subarray(0, bytes);
  }

  async *all(): AsyncGenerator<Buffer, void> {
    if (this.#seen.length > 0) yield Buffer.concat(this.#seen.splice(0));
    yield* { [Symbol.asyncIterator]: () => this.#chunks };
  }
}
