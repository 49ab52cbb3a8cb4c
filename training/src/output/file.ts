import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError } from '@hearth/artifact/store';
import { inputError } from '../errors.ts';
import { assertRoom, standingAt } from './room.ts';

type Content = string | Uint8Array;

/** A file that a command writes when its work is done. */
export interface FileOutput {
  /** Puts the content there in one step. What has come there since is refused as before. */
  write(content: Content): Promise<void>;
}

/** Why a file that is there may not be replaced, in words; undefined where it may. */
export type MayReplace = (content: Buffer) => string | undefined;

const never: MayReplace = () => 'is there already; choose another name, or move it away';

/**
 * Makes sure, before the work begins, that its result can be written: what is there is refused unless `mayReplace` knows it.
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
        if (error.code === 'EEXIST') throw inputError('BAD_OUTPUT', path, 'has come there meanwhile');
        throw writeError(error, path);
      });
    },
  };
}

/** @returns whether there is a file that may be replaced */
async function assertFree(path: string, mayReplace: MayReplace): Promise<boolean> {
  const found = await standingAt(path);
  if (!found) return false;
  const why = found.isDirectory()
    ? 'is a folder; name a file'
    : found.isSymbolicLink()
      ? 'is a link; name the file that it leads to'
      : found.isFile()
        ? mayReplace(await readFile(path))
        : 'is not a plain file; name another';
  if (why !== undefined) throw inputError('BAD_OUTPUT', path, why);
  return true;
}

/** Written beside its place, then put there: a full disk or a kill leaves what was there. */
async function place(path: string, content: Content, replace: boolean): Promise<void> {
  const beside = join(dirname(path), `.hearth.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (replace) await rename(beside, path);
    else await linkNew(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}

/** Unlike a rename, a link never replaces. Some file systems have none. */
async function linkNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(String((error as NodeJS.ErrnoException).code)))
      throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}
