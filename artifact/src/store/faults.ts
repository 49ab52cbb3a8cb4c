import { readAliases } from './aliases.ts';
import { RegistryError } from './errors.ts';
import { lastInProduction } from './history.ts';
import { journalPath, readJournal } from './journal.ts';
import { listVersions } from './versions.ts';

/** Why aliases.json and the journal cannot be read, or not completely; one line for each fault. */
export interface Unreadable {
  aliases: string[];
  journal: string[];
}

export async function findUnreadable(folder: string): Promise<Unreadable> {
  const aliases = await readable(readAliases(folder));
  const journal = await readable(readJournal(folder));
  const lines = (journal.value?.unreadable ?? []).map(
    (line) => `${journalPath(folder)}, line ${line}: not a journal entry`,
  );
  return {
    aliases: aliases.error ? [aliases.error.message] : [],
    journal: journal.error ? [journal.error.message] : lines,
  };
}

/** The faults of a registry apart from those of its versions, one line each. */
export async function registryFaults(folder: string): Promise<string[]> {
  const unreadable = await findUnreadable(folder);
  const faults = [...unreadable.aliases, ...unreadable.journal];
  const [versions, { value: aliases }, { value: journal }] = await Promise.all([
    listVersions(folder),
    readable(readAliases(folder)),
    readable(readJournal(folder)),
  ]);
  for (const [alias, version] of Object.entries(aliases ?? {})) {
    if (version && !versions.includes(version))
      faults.push(`the alias ${alias} names ${version}, which does not exist`);
  }
  if (!aliases || !journal) return faults;
  const last = lastInProduction(journal.entries);
  if (last !== (aliases.production ?? null)) {
    faults.push(
      `the journal ends with ${last ?? 'nothing'} in production, but aliases.json names ${aliases.production ?? 'nothing'}: ` +
        'a command was interrupted or the file was edited; the next command that writes records it',
    );
  }
  return faults;
}

/** The content of a file of the registry, or why it cannot be used. */
export async function readable<T>(reading: Promise<T>): Promise<{ value?: T; error?: RegistryError }> {
  try {
    return { value: await reading };
  } catch (error) {
    if (error instanceof RegistryError) return { error };
    throw error;
  }
}
