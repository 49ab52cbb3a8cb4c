import { readAliases } from './aliases.ts';
import { type RegistryError, registryError } from './errors.ts';
import { readable } from './faults.ts';
import { productionHistory, standIns } from './history.ts';
import { readJournal } from './journal.ts';
import { listVersions } from './versions.ts';

/** What is meant to be in production. */
export interface Intended {
  /** What aliases.json names; where it names nothing, what was in production last by the journal, if anything was. */
  version?: string;
  /** Why aliases.json does not say so itself. */
  fault?: RegistryError;
}

/** The version that is meant to be in production. */
export async function readIntended(folder: string): Promise<Intended> {
  const { production, fault } = await readProduction(folder);
  if (production !== undefined) return { version: production };
  // whoever asks for stand-ins, and every writer, is told what is wrong with the journal
  const { value: journal } = await readable(readJournal(folder));
  const last = journal && !journal.endsUnknown ? productionHistory(journal.entries).at(-1) : undefined;
  return { fault, ...(last !== undefined && { version: last }) };
}

/**
 * The versions that may serve where what is intended cannot, best first. None that never was in production is among them.
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
