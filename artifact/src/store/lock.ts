import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { registryError } from './errors.ts';

/**
 * The file that a writer locks. It is always empty, and it stays after the lock is released: if it were removed, two writers could
 * lock two files of the same name.
 */
export const lockFile = '.hearth.lock';

const patience = 30_000;
const pause = 25;
/** https://www.sqlite.org/rescode.html#busy and, where the file is locked while it is opened, #locked */
const taken = new Set([5, 6]);

/**
 * Waits until no other process works on the same folder, and runs `work`.
 *
 * It uses SQLite's lock on an empty database that is never written to. The kernel holds this lock (fcntl; LockFileEx on Windows) for
 * every process and container on the machine, and releases it as soon as its holder dies. So there are no stale locks, and no guesses
 * from process ids or clocks. SQLite refuses file systems without locks.
 * @throws RegistryError LOCKED if another writer does not finish in time, or NO_LOCK
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, wait = patience): Promise<T> {
  const release = await lock(folder, wait);
  try {
    return await work();
  } finally {
    release();
  }
}

async function lock(folder: string, wait: number): Promise<() => void> {
  // loaded here because only writers need it: the API only reads
  const { DatabaseSync } = await import('node:sqlite');
  const path = join(folder, lockFile);
  let database: InstanceType<typeof DatabaseSync>;
  try {
    database = new DatabaseSync(path);
  } catch (cause) {
    throw registryError('NO_LOCK', path, cause);
  }
  const deadline = Date.now() + wait;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (cause) {
      const busy = taken.has((cause as { errcode?: number }).errcode ?? 0);
      if (busy && Date.now() < deadline) {
        await setTimeout(pause);
        continue;
      }
      database.close();
      throw busy ? registryError('LOCKED', folder) : registryError('NO_LOCK', path, cause);
    }
  }
}
