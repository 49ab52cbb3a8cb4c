import { join } from 'node:path';
import type { Model } from '../model.ts';
import { readAliases, resolveVersion } from './aliases.ts';
import { registryError } from './errors.ts';
import { findUnreadable, readable, registryFaults, type Unreadable } from './faults.ts';
import type { PackedArtifact } from './files.ts';
import { type Intended, readIntended, readStandIns } from './intended.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { type Change, type Promotion, promote, refuse, rollback } from './production.ts';
import { type Pruned, prune } from './prune.ts';
import { publish } from './publish.ts';
import { readModel } from './read.ts';
import { listVersions } from './versions.ts';

/** What is known of one published version. */
export interface VersionSummary {
  version: string;
  /** When it was published and last promoted (ISO 8601), where the journal says so. */
  published?: string;
  promoted?: string;
  /** When it was last rolled back from, where it has not been promoted since. */
  rolledBack?: string;
  production: boolean;
}

/**
 * The versions of one model, in a folder such as models/heart. Reading needs no lock and never waits; writers wait for one another.
 * Every change is prepared beside its place, then written into the journal, then made by one rename: whatever is killed at
 * whatever instant, the folder holds the state before it or after it.
 */
export interface Registry {
  readonly folder: string;
  /**
   * Adds a version after loading it whole. Content that is already there keeps the version it has: `added` is false.
   * @throws ArtifactError for one that could not serve
   */
  publish(artifact: PackedArtifact): Promise<{ version: string; added: boolean }>;
  /** Puts a version (as in `find`) into production, after loading it whole. */
  promote(wanted: string, promotion?: Promotion): Promise<Change>;
  /** Writes into the journal that the gate refused a version. */
  refuse(version: string, verdict: { evidence?: Record<string, unknown>; decision: string }): Promise<void>;
  /** Puts back what was in production before; see `productionHistory`. @throws RegistryError NO_EARLIER */
  rollback(reason?: string): Promise<Change>;
  /** Removes all but the newest `keep` versions, those that an alias or the last rollback names, and the next rollback's. */
  prune(keep: number): Promise<Pruned>;
  /** Where aliases.json or the journal cannot be read, without what they would tell; see `unreadable`. */
  list(): Promise<VersionSummary[]>;
  /** The whole name of a version, from its name, a unique beginning of it, `latest` or an alias. @throws RegistryError when there is none, or several. */
  find(wanted: string): Promise<string>;
  /** The version in production. @throws RegistryError when there is none. */
  production(): Promise<string>;
  /** The version that is meant to be in production, also where aliases.json cannot say which. */
  intended(): Promise<Intended>;
  /** The versions that may serve where what is intended cannot, best first. @throws RegistryError UNREADABLE_JOURNAL */
  standIns(): Promise<string[]>;
  /** Loads a version whole. @throws ArtifactError naming the check that it does not pass. */
  load(version: string): Promise<Model>;
  /** Everything that happened, oldest first. */
  journal(): Promise<JournalEntry[]>;
  /** What is wrong with the registry apart from its versions, one line each. */
  faults(): Promise<string[]>;
  /** Those of the faults that keep aliases.json or the journal from being read, or a part of it. */
  unreadable(): Promise<Unreadable>;
}

export function openRegistry(folder: string): Registry {
  return {
    folder,
    publish: (artifact) => publish(folder, artifact),
    promote: (wanted, promotion) => promote(folder, wanted, promotion),
    refuse: (version, verdict) => refuse(folder, version, verdict),
    rollback: (reason) => rollback(folder, reason),
    prune: (keep) => prune(folder, keep),
    list: () => listSummaries(folder),
    find: (wanted) => resolveVersion(folder, wanted),

    async production() {
      const { production } = await readAliases(folder);
      if (!production) throw registryError('NO_PRODUCTION', folder);
      return production;
    },

    intended: () => readIntended(folder),
    standIns: () => readStandIns(folder),
    load: (version) => readModel(join(folder, version)),
    faults: () => registryFaults(folder),
    unreadable: () => findUnreadable(folder),
    journal: async () => (await readJournal(folder)).entries,
  };
}

async function listSummaries(folder: string): Promise<VersionSummary[]> {
  const [versions, { value: aliases }, { value: journal }] = await Promise.all([
    listVersions(folder),
    readable(readAliases(folder)),
    readable(readJournal(folder)),
  ]);
  const lastTime = (action: JournalEntry['action'], version: string) =>
    journal?.entries.findLast((entry) => entry.action === action && entry.version === version)?.time;
  return versions.map((version) => {
    const last = journal?.entries.findLast(
      (entry) =>
        (entry.action === 'promote' && entry.version === version) ||
        (entry.action === 'rollback' && entry.previous === version),
    );
    return {
      version,
      published: lastTime('publish', version),
      promoted: lastTime('promote', version),
      ...(last?.action === 'rollback' && { rolledBack: last.time }),
      production: version === aliases?.production,
    };
  });
}
