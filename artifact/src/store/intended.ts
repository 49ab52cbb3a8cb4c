import { readAliases } from './aliases.ts';
import { type RegistryError, registryError } from './errors.ts';
import { readable } from './faults.ts';
import { productionHistory, standIns } from './history.ts';
import { readJournal } from './journal.ts';
import { listVersions } from './versions.ts';

/** The version that is meant to be in production. */
export interface Intended {
  /** The version that aliases.json names; if it names none, the last one in production by the journal, if any. */
  version?: string;
  /** Why aliases.json does not name it. */
  fault?: RegistryError;
}

export async function readIntended(folder: string): Promise<Intended> {
  const { production, fault } = await readProduction(folder);
  if (production !== undefined) return { version: production };
  // faults of the journal are reported by readStandIns and by every writer
  const { value: journal } = await readable(readJournal(folder));
  const last = journal && !journal.endsUnknown ? productionHistory(journal.entries).at(-1) : undefined;
  return { fault, ...(last !== undefined && { version: last }) };
}

/**
 * The versions that may serve if the intended one cannot, best first; all of them were in production before.
 * @throws RegistryError UNREADABLE_JOURNAL
 */
export async function readStandIns(folder: string): Promise<string[]> {
  const [{ production }, journal, versions] = await Promise.all([
    readProduction(folder),
    readJournal(folder),
    listVersions(folder),
  ]);
  return standIns(journal, production).filter((version) => versions.includes(version));
}

async function readProduction(folder: string): Promise<{ production?: string; fault?: RegistryError }> {
  const { value: aliases, error } = await readable(readAliases(folder));
  if (aliases?.production !== undefined) return { production: aliases.production };
  return { fault: error ?? registryError('NO_PRODUCTION', folder) };
}
