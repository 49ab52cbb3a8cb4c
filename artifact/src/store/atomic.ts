import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, link, mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Makes what was written or renamed in a folder survive a power cut. */
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
    await file.chmod(0o644); // the umask of whoever writes must not keep the server from reading
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Something that lies ready beside its place. */
export interface Prepared {
  /** Where it lies until then. */
  readonly temporary: string;
  /** Puts it in its place in one step: a reader sees what was there before or all of it. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

const temporaryName = /^\.hearth\.[0-9a-f]{16}\.tmp$/;

/** A name that no reader looks at and no other writer uses; process ids repeat between containers. */
const temporaryIn = (folder: string): string => join(folder, `.hearth.${randomBytes(8).toString('hex')}.tmp`);

/** Writes the content of a file beside it. */
export const prepareFile = (path: string, content: string): Promise<Prepared> =>
  prepare(path, (temporary) => writeDurably(temporary, content));

/** Writes the files of a folder beside it, in the order given. */
export const prepareFolder = (path: string, files: Readonly<Record<string, Uint8Array>>): Promise<Prepared> =>
  prepare(path, async (temporary) => {
    await mkdir(temporary);
    await chmod(temporary, 0o755); // as with files, whatever the umask
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

/** Takes a folder out of its place, for another one to come there. */
export async function setAside(path: string) {
  const aside = temporaryIn(dirname(path));
  await rename(path, aside);
  return {
    putBack: () => rename(aside, path),
    /** Removes the files of these names and then the folder; fails where anything else is in it. */
    async remove(names: readonly string[]) {
      for (const name of names) await rm(join(aside, name), { force: true });
      await rmdir(aside);
    },
  };
}

/** Keeps what could not be read under another name, so that nothing is lost when it is written anew. @returns the name */
export async function keepBroken(path: string): Promise<string> {
  const name = `${basename(path)}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
  const aside = join(dirname(path), name);
  // a second name keeps it in its place until it is replaced; a folder cannot have one
  await link(path, aside).catch(() => rename(path, aside));
  return name;
}

/** Removes a folder so that a reader sees all of it or nothing. */
export async function removeFolder(path: string): Promise<void> {
  const temporary = temporaryIn(dirname(path));
  await rename(path, temporary);
  await syncFolder(dirname(path));
  await rm(temporary, { recursive: true });
}

/** Removes what writers that were killed have left. Only for the one that holds the folder's lock. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (temporaryName.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Makes a folder where there is none, with those above it. */
export async function ensureFolder(path: string): Promise<void> {
  const made = await mkdir(path, { recursive: true });
  if (made !== undefined) await syncFolder(dirname(made));
}
