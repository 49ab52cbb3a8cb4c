import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { RegistryError } from './errors.ts';

/** Do not wait for a writer of a pipe. Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const faults = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is not a plain file'],
  ['ELOOP', 'it is a link to itself'],
  ['EIO', 'the disk reports an input/output error'],
]);

/** Makes the error for a file that cannot be used. */
type Unusable = (why: string, cause?: unknown) => RegistryError;

/**
 * The text of a file that people and other programs may have edited; undefined if there is none.
 * @param unusable makes the error for a file that cannot be read; any other error, such as too many open files, is thrown as it is
 */
export async function readText(path: string, limit: number, unusable: Unusable): Promise<string | undefined> {
  try {
    const file = await open(path, flags);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw unusable('it is not a plain file');
      if (stat.size > limit) throw unusable(`it has ${stat.size} bytes; at most ${limit} are read`);
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT') return undefined;
    const why = faults.get(code);
    throw why === undefined ? error : unusable(why, error);
  }
}

/** The JSON in a file of at most 1 MiB; undefined if there is none. */
export async function readSmallJson(path: string, unusable: Unusable): Promise<unknown> {
  const text = await readText(path, 1 << 20, unusable);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unusable(text.trim() === '' ? 'it is empty' : 'it is not JSON', cause);
  }
}
