import { constants, isUtf8 } from 'node:buffer';
import { ImportFault } from './imported.ts';

/** The text of a file. @throws ImportFault where it is not UTF-8 or too long for a text */
export function textOf(bytes: Uint8Array): string {
  if (bytes.length > constants.MAX_STRING_LENGTH)
    throw new ImportFault(
      `has ${bytes.length} bytes; a text of at most ${constants.MAX_STRING_LENGTH} can be read`,
    );
  if (!isUtf8(bytes)) throw new ImportFault('is not UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The first characters of a file, for recognising it. */
export const headOf = (bytes: Uint8Array, length = 400): string =>
  Buffer.from(bytes.subarray(0, length)).toString('latin1').trimStart();

/** Parses JSON in which numbers can be NaN or infinite, as C++ writes them; they become null. @throws ImportFault */
export function parseLooseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(NaN|Infinity|nan|inf)\b/.test(text)) throw notJson(error);
  }
  // a string stays as it is, whatever is in it
  const strict = text.replace(/"(?:[^"\\]|\\.)*"|[-+]?\b(?:NaN|Infinity|nan|inf)\b/g, (found) =>
    found.startsWith('"') ? found : 'null',
  );
  try {
    return JSON.parse(strict);
  } catch (error) {
    throw notJson(error);
  }
}

const notJson = (error: unknown): ImportFault =>
  new ImportFault(`is not JSON: ${(error as SyntaxError).message.split(' in JSON')[0].slice(0, 100)}`);
