import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Waits until new files and renames in a folder are on the disk, so that they survive a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes a new file and waits until it is on the disk. Readable by any user. */
async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.chmod(0o644); // the server may run as another user; the umask must not keep it from reading
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A file or folder under a temporary name, complete and on the disk. */
export interface Prepared {
  /** Its path until `commit`. */
  readonly temporary: string;
  /** Moves it to its place in one step: a reader sees the old content or the new. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

const temporaryName = /^\.hearth\.[0-9a-f]{16}\.tmp$/;

/** A name that readers ignore and no other writer uses. Random, because process ids repeat between containers. */
const temporaryIn = (folder: string): string => join(folder, `.hearth.${randomBytes(8).toString('hex')}.tmp`);

/** Writes the new content of a file under a temporary name beside it. */
export const prepareFile = (path: string, content: string): Promise<Prepared> =>
  prepare(path, (temporary) => writeDurably(temporary, content));

/** Writes a folder with these files, in this order, under a temporary name beside its place. */
export const prepareFolder = (path: string, files: Readonly<Record<string, Uint8Array>>): Promise<Prepared> =>
  prepare(path, async (temporary) => {
    await mkdir(temporary);
    await chmod(temporary, 0o755); // whatever the umask, as for files
    for (const [name, bytes] of Object.entries(files)) await writeDurably(join(temporary, name), bytes);
    await syncFolder(temporary);
  });

async function prepare(path: string, write: (temporary: string) => Promise<void>): Promise<Prepared> {
  const folder = dirname(path);
  const temporary = temporaryIn(folder);
  const discard = () => rm(temporary, { recursive: true, force: true });
  try {
    await write(temporary);
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    temporary,
    async commit() {
      await rename(temporary, path);
      await syncFolder(folder);
    },
    discard,
  };
}

/** Moves a folder to a temporary name, to make room for another one. */
export async function setAside(path: string) {
  const aside = temporaryIn(dirname(path));
  await rename(path, aside);
  return {
    putBack: () => rename(aside, path),
    /** Removes these files and then the folder; fails if it holds anything else. */
    async remove(names: readonly string[]) {
      for (const name of names) await rm(join(aside, name), { force: true });
      await rmdir(aside);
    },
  };
}

/** Keeps a file that cannot be used under another name before it is replaced. @returns that name */
export async function keepBroken(path: string): Promise<string> {
  const name = `${basename(path)}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
  const aside = join(dirname(path), name);
  // with a hard link it also stays in its place until it is replaced; a folder cannot have one
  await link(path, aside).catch(() => rename(path, aside));
  return name;
}

/** Removes a folder; a reader sees all of it or nothing. */
export async function removeFolder(path: string): Promise<void> {
  const temporary = temporaryIn(dirname(path));
  await rename(path, temporary);
  await syncFolder(dirname(path));
  await rm(temporary, { recursive: true });
}

/** Removes temporary files that killed writers have left. Call it only with the folder's lock. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (temporaryName.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Makes a folder, and its parents, if it does not exist. */
export async function ensureFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined) await syncFolder(dirname(made));
}
