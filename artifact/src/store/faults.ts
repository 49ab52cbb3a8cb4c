import { readAliases } from './aliases.ts';
import { RegistryError } from './errors.ts';
import { lastInProduction } from './history.ts';
import { journalPath, readJournal } from './journal.ts';
import { listVersions } from './versions.ts';

/** What is wrong with a registry apart from its versions, one line each. */
export async function registryFaults(folder: string): Promise<string[]> {
  const [versions, journal] = await Promise.all([listVersions(folder), readJournal(folder)]);
  const faults = journal.unreadable.map(
    (line) => `${journalPath(folder)}, line ${line}: is not a journal entry`,
  );
  try {
    const aliases = await readAliases(folder);
    for (const [alias, version] of Object.entries(aliases)) {
      if (version && !versions.includes(version))
        faults.push(`${alias} names ${version}, which is not there`);
    }
    const last = lastInProduction(journal.entries);
    if (last !== (aliases.production ?? null)) {
      faults.push(
        `the journal ends with ${last ?? 'nothing'} in production, aliases.json names ${aliases.production ?? 'nothing'}: ` +
          'a command was interrupted or the file was changed; the next command will note it',
      );
    }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    faults.push(error.message);
  }
  return faults;
}
