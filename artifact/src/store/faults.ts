import { readAliases } from './aliases.ts';
import { RegistryError } from './errors.ts';
import { lastInProduction } from './history.ts';
import { journalPath, readJournal } from './journal.ts';
import { listVersions } from './versions.ts';

/** Why aliases.json and the journal do not tell all that they should, one line each. */
export interface Unreadable {
  aliases: string[];
  journal: string[];
}

export async function findUnreadable(folder: string): Promise<Unreadable> {
  const aliases = await readable(readAliases(folder));
  const journal = await readable(readJournal(folder));
  const lines = (journal.value?.unreadable ?? []).map(
    (line) => `${journalPath(folder)}, line ${line}: is not a journal entry`,
  );
  return {
    aliases: aliases.error ? [aliases.error.message] : [],
    journal: journal.error ? [journal.error.message] : lines,
  };
}

/** What is wrong with a registry apart from its versions, one line each. */
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
      faults.push(`${alias} names ${version}, which does not exist`);
  }
  if (!aliases || !journal) return faults;
  const last = lastInProduction(journal.entries);
  if (last !== (aliases.production ?? null)) {
    faults.push(
      `the journal ends with ${last ?? 'nothing'} in production, aliases.json names ${aliases.production ?? 'nothing'}: ` +
        'a command was interrupted or the file was changed; the next command adds the change to the journal',
    );
  }
  return faults;
}

/** What a file of the registry holds, or why it cannot be used. */
export async function readable<T>(reading: Promise<T>): Promise<{ value?: T; error?: RegistryError }> {
  try {
    return { value: await reading };
  } catch (error) {
    if (error instanceof RegistryError) return { error };
    throw error;
  }
}
