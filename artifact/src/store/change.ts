import { type Aliases, readAliases } from './aliases.ts';
import { removeLeftovers } from './atomic.ts';
import { type RegistryError, registryError, writeError } from './errors.ts';
import { readable } from './faults.ts';
import { lastInProduction } from './history.ts';
import { readIntended } from './intended.ts';
import { appendEntry, type Journal, type JournalNote, journalPath, readJournal } from './journal.ts';
import { withLock } from './lock.ts';

/** What a writer finds, and alone may change while it works. */
export interface State {
  /** None where aliases.json is broken. */
  aliases: Aliases;
  /** What is wrong with aliases.json. A promotion puts it aside and writes it anew. */
  brokenAliases?: RegistryError;
  /** What aliases.json names; where it names nothing, what was in production last by the journal. */
  production?: string;
  journal: Journal;
  /** Says in the journal what the caller is about to do by one rename. */
  announce(note: JournalNote): Promise<void>;
}

/**
 * Runs one change of the registry: waits for other writers, removes what killed ones have left, and lets the journal catch up
 * with aliases.json where one was killed between the two.
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
  const known = await readKnownAliases(folder);
  const found = {
    version: known.aliases.production ?? null,
    previous: lastInProduction((await readJournal(folder)).entries),
  };
  const isKnown = known.brokenAliases === undefined;
  if (isKnown && found.version !== found.previous) await appendEntry(folder, { action: 'found', ...found });
  return {
    ...known,
    production: (await readIntended(folder)).version,
    journal: await readJournal(folder),
    announce: (note) => appendEntry(folder, note),
  };
}

async function readKnownAliases(folder: string): Promise<Pick<State, 'aliases' | 'brokenAliases'>> {
  const { value: aliases = {}, error } = await readable(readAliases(folder));
  return { aliases, ...(error && { brokenAliases: error }) };
}

/** What a rollback and a pruning need to know before they can tell which versions matter. @throws RegistryError */
export function assertKnown({ brokenAliases, journal }: State, folder: string): void {
  if (brokenAliases) throw brokenAliases;
  if (journal.unreadable.length > 0) {
    throw registryError('BAD_JOURNAL', journalPath(folder), journal.unreadable.join(', '));
  }
}
