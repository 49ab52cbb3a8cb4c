import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { inputError } from '../errors.ts';

/** The name of an encoding of https://encoding.spec.whatwg.org; undefined for one that is not known. */
export function encodingName(label: string): string | undefined {
  try {
    // Python writes utf_8, R UTF-8
    return new TextDecoder(label.replaceAll('_', '-')).encoding;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Decodes a file. Without a declared encoding, a byte order mark decides, then the zeros of UTF-16, then whether the first bytes beyond
 * ASCII are UTF-8; what is none of these is taken for Windows-1252, and `note` is told.
 * @throws InputError BAD_SOURCE for bytes that the encoding does not have
 */
export async function* decoded(
  chunks: AsyncIterable<Buffer>,
  path: string,
  declared: string | undefined,
  note: (text: string) => void,
): AsyncGenerator<string, void> {
  let decoder: TextDecoder | undefined;
  let held: Buffer = Buffer.alloc(0);
  let isFirst = true;
  const decode = (bytes?: Buffer) => {
    try {
      return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const why = declared ? `which its encoding says (${declared})` : 'as its first letters are';
      const name = decoder?.encoding.toUpperCase();
      throw inputError('BAD_SOURCE', path, `is not ${name} throughout, ${why}; ${advice}`);
    }
  };
  for await (const chunk of chunks) {
    const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
    held = Buffer.alloc(0);
    if (isFirst) decoder = byMark(bytes) ?? (declared ? strict(declared) : byZeros(bytes, path));
    isFirst = false;
    if (!decoder) {
      const body = bytes.subarray(0, bytes.length - cutLength(bytes));
      if (isAscii(body)) {
        held = bytes.subarray(body.length);
        yield body.toString('latin1');
        continue;
      }
      decoder = strict(isUtf8(body) ? 'utf-8' : 'windows-1252');
      if (decoder.encoding !== 'utf-8') note(assumed(path));
    }
    yield decode(bytes);
  }
  if (held.length > 0) {
    decoder = strict('windows-1252');
    note(assumed(path));
    yield decode(held);
  }
  yield decode();
}

const advice = 'name it with --encoding, or as encoding in the data package';
const assumed = (path: string): string =>
  `${path} is not UTF-8 and was read as Windows-1252 (Latin-1). If it has another encoding, ${advice}.`;

const strict = (label: string): TextDecoder => new TextDecoder(label, { fatal: true });

function byMark(bytes: Buffer): TextDecoder | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return strict('utf-8');
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return strict('utf-16le');
  if (bytes.subarray(0, 2).equals(Buffer.from([0xfe, 0xff]))) return strict('utf-16be');
  return undefined;
}

function byZeros(bytes: Buffer, path: string): TextDecoder | undefined {
  const start = bytes.subarray(0, 1000);
  if (!start.includes(0)) return undefined;
  const zeros = [0, 1].map((odd) => start.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  // the header of nearly every table is mostly ASCII
  if (zeros[1] > start.length / 4 && zeros[0] < zeros[1] / 4) return strict('utf-16le');
  if (zeros[0] > start.length / 4 && zeros[1] < zeros[0] / 4) return strict('utf-16be');
  throw inputError('BAD_SOURCE', path, `is not text, and of no format that can be read: ${readable}`);
}

/** The formats, for messages. */
const readable = 'CSV, JSON, JSON lines, Parquet, SQLite, and each text format compressed by gzip';

/** The length of a character of UTF-8 that the end of these bytes cuts off. */
function cutLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
