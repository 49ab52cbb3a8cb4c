import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { registryError } from './errors.ts';
import { lockByCommand } from './lock-by-command.ts';

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
 * from process ids or clocks. SQLite refuses file systems without locks. Node before 22.13 has no SQLite: see `lockByCommand`.
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
  const path = join(folder, lockFile);
  const tryLock = lockOf(path) ?? (() => lockByCommand(path));
  const deadline = Date.now() + wait;
  for (;;) {
    const release = await tryLock();
    if (release) return release;
    if (Date.now() >= deadline) throw registryError('LOCKED', folder);
    await setTimeout(pause);
  }
}

/** Returns a function that takes SQLite's lock, unless another writer has it; undefined if this Node has no SQLite. */
function lockOf(path: string): (() => (() => void) | undefined) | undefined {
  // loaded here because only writers need it: the API only reads
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (!sqlite) return undefined;
  return () => {
    let database: DatabaseSync | undefined;
    try {
      const opened = new sqlite.DatabaseSync(path);
      database = opened;
      opened.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
      return () => opened.close();
    } catch (cause) {
      database?.close();
      if (taken.has((cause as { errcode?: number }).errcode ?? 0)) return undefined;
      throw registryError('NO_LOCK', path, cause);
    }
  };
}
