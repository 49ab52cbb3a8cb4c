import { someOf } from '../columns/similar.ts';
import { type Aliases, readAliases } from './aliases.ts';
import { removeLeftovers } from './atomic.ts';
import { type RegistryError, registryError, writeError } from './errors.ts';
import { readable } from './faults.ts';
import { lastInProduction } from './history.ts';
import { readIntended } from './intended.ts';
import { appendEntry, type Journal, type JournalNote, journalPath, readJournal } from './journal.ts';
import { withLock } from './lock.ts';

/** The state of a registry that a writer has locked. */
export interface State {
  /** Empty if aliases.json is broken. */
  aliases: Aliases;
  /** Why aliases.json cannot be used. A promotion replaces it and keeps the broken one under another name. */
  brokenAliases?: RegistryError;
  /** The version that aliases.json names; if it names none, the last one in production by the journal. */
  production?: string;
  journal: Journal;
  /** Writes the change that the caller then makes by one rename into the journal. */
  announce(note: JournalNote): Promise<void>;
}

/**
 * Runs one change of the registry: waits for other writers, removes files that killed writers have left, and updates the journal from
 * aliases.json if a writer was killed between the two.
 */
export async function changeRegistry<T>(folder: string, change: (state: State) => Promise<T>): Promise<T> {
  try {
    return await withLock(folder, async () => {
      await removeLeftovers(folder);
      return await change(await readState(folder));
    });
  } catch (error) {
    throw writeError(error, folder);
  }
}

async function readState(folder: string): Promise<State> {
  const { value: aliases = {}, error: brokenAliases } = await readable(readAliases(folder));
  const version = aliases.production ?? null;
  const previous = lastInProduction((await readJournal(folder)).entries);
  if (!brokenAliases && version !== previous)
    await appendEntry(folder, { action: 'found', version, previous });
  return {
    aliases,
    brokenAliases,
    production: (await readIntended(folder)).version,
    journal: await readJournal(folder),
    announce: (note) => appendEntry(folder, note),
  };
}

/** Rollback and prune need the aliases and the whole journal. @throws RegistryError BAD_ALIASES, BAD_JOURNAL */
export function assertKnown({ brokenAliases, journal }: State, folder: string): void {
  if (brokenAliases) throw brokenAliases;
  if (journal.unreadable.length > 0) {
    throw registryError('BAD_JOURNAL', journalPath(folder), someOf(journal.unreadable));
  }
}
