import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError } from '@hearth/artifact/store';
import { inputError } from '../errors.ts';
import { assertRoom, existingAt } from './room.ts';

/** A text or bytes, whole or in pieces. */
type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/** A file that a command writes at the end of its work. */
export interface FileOutput {
  /** Puts the content there in one step. Checks again for a file that appeared since. */
  write(content: Content): Promise<void>;
}

/** Why an existing file may not be replaced; undefined if it may. */
export type MayReplace = (content: Buffer) => string | undefined;

const never: MayReplace = () => 'already exists; choose another name, or move it away';

/**
 * Checks, before the work begins, that the result can be written: there is no file, or `mayReplace` accepts it.
 * @throws InputError BAD_OUTPUT
 */
export async function openFileOutput(path: string, mayReplace = never): Promise<FileOutput> {
  await assertFree(path, mayReplace);
  await assertRoom(path);
  return {
    async write(content) {
      const replace = await assertFree(path, mayReplace);
      await mkdir(dirname(path), { recursive: true });
      await place(path, content, replace).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST')
          throw inputError('BAD_OUTPUT', path, 'was created meanwhile; choose another name, or move it away');
        throw writeError(error, path);
      });
    },
  };
}

/** @returns whether there is a file that may be replaced */
async function assertFree(path: string, mayReplace: MayReplace): Promise<boolean> {
  const found = await existingAt(path);
  if (!found) return false;
  const why = found.isDirectory()
    ? 'is a folder; name a file'
    : found.isSymbolicLink()
      ? 'is a link; name the file that it points to'
      : found.isFile()
        ? mayReplace(await readFile(path))
        : 'is not a regular file; choose another name';
  if (why !== undefined) throw inputError('BAD_OUTPUT', path, why);
  return true;
}

/** Writes a temporary file in the same folder, then moves it: a full disk or a kill leaves the old file unchanged. */
async function place(path: string, content: Content, replace: boolean): Promise<void> {
  const temporary = join(dirname(path), `.hearth.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(temporary, path);
    else await linkNew(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Unlike a rename, a link never replaces a file. Some file systems do not support links. */
async function linkNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(String((error as NodeJS.ErrnoException).code)))
      throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
