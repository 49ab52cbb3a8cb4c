import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inputError } from '../errors.ts';

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
};

/** What exists at a path, without following links; undefined if nothing does. */
export const existingAt = (path: string) => lstat(path).catch(absent);

/** @throws if nothing can be created at the path: an ancestor is not a folder, or is not writable for this user */
export async function assertRoom(path: string): Promise<void> {
  let folder = dirname(resolve(path));
  let found = await stat(folder).catch(absent);
  while (!found && folder !== dirname(folder)) {
    folder = dirname(folder);
    found = await stat(folder).catch(absent);
  }
  if (!found?.isDirectory()) throw inputError('BAD_OUTPUT', folder, 'is not a folder; choose another path');
  await access(folder, constants.W_OK);
}
