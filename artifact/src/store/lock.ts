import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { registryError } from './errors.ts';

/**
 * The file that a writer locks. It stays when the lock is given back, and is always empty: removing it would let two writers lock two
 * files of the same name.
 */
export const lockFile = '.hearth.lock';

const patience = 30_000;
const pause = 25;
/** https://www.sqlite.org/rescode.html#busy and, where the file is locked while it is opened, #locked */
const taken = new Set([5, 6]);

/**
 * Runs `work` while no other process does so for the same folder, and waits for that.
 *
 * It is the lock of SQLite on an empty database that nobody ever writes to: the kernel holds it (fcntl; LockFileEx on Windows), for
 * every process and container on the machine, and takes it back at the instant its holder dies, however it dies. So there is
 * no stale lock, and nothing to guess from process ids or clocks. File systems without locks are refused by SQLite.
 * @throws RegistryError LOCKED when another writer does not finish in time, or NO_LOCK
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
  // only writers load it: the API reads, and needs no lock
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
