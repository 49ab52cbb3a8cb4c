import { join } from 'node:path';
import type { ExternalFigures } from '../manifest/external.ts';
import type { Model } from '../model.ts';
import { readAliases, resolveVersion } from './aliases.ts';
import { registryError } from './errors.ts';
import { addEvaluation, copyEvaluations, type Evaluations, readEvaluations } from './evaluations.ts';
import { findUnreadable, readable, registryFaults, type Unreadable } from './faults.ts';
import type { PackedArtifact } from './files.ts';
import { type Intended, readIntended, readStandIns } from './intended.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { type Change, type Promotion, promote, refuse, rollback } from './production.ts';
import { type Pruned, prune } from './prune.ts';
import { publish } from './publish.ts';
import { readModel } from './read.ts';
import { listVersions } from './versions.ts';

/** One published version. */
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
 * The versions of one model, in a folder such as models/heart. Readers need no lock and never wait; writers wait for one another. Every
 * change is prepared under a temporary name, written into the journal, and then made by one rename: if a process is killed at any
 * moment, the folder holds the state before the change or after it.
 */
export interface Registry {
  readonly folder: string;
  /**
   * Adds a version after loading it completely. If its content is already published, that version stays: `added` is false.
   * @throws ArtifactError for an artifact that could not serve
   */
  publish(artifact: PackedArtifact): Promise<{ version: string; added: boolean }>;
  /** Puts a version (as in `find`) into production, after loading it whole. */
  promote(wanted: string, promotion?: Promotion): Promise<Change>;
  /** Writes into the journal that the gate refused a version. */
  refuse(version: string, verdict: { evidence?: Record<string, unknown>; decision: string }): Promise<void>;
  /** Restores the version that was in production before; see `productionHistory`. @throws RegistryError NO_EARLIER */
  rollback(reason?: string): Promise<Change>;
  /** Removes all versions but the newest `keep`, those with an alias, those of the last rollback, and the next rollback's. */
  prune(keep: number): Promise<Pruned>;
  /** If aliases.json or the journal cannot be read, without what is in them; see `unreadable`. */
  list(): Promise<VersionSummary[]>;
  /** The whole name of a version, from its name, a unique beginning of it, `latest` or an alias. @throws RegistryError when there is none, or several. */
  find(wanted: string): Promise<string>;
  /** The version in production. @throws RegistryError when there is none. */
  production(): Promise<string>;
  /** The version that is meant to be in production, even if aliases.json does not name it. */
  intended(): Promise<Intended>;
  /** The versions that may serve if the intended one cannot, best first. @throws RegistryError UNREADABLE_JOURNAL */
  standIns(): Promise<string[]>;
  /** Loads a version completely. @throws ArtifactError naming the failed check */
  load(version: string): Promise<Model>;
  /** The evaluations of a version that were made after it was published. */
  evaluations(version: string): Promise<Evaluations>;
  /**
   * Adds one. @returns its path
   * @throws RegistryError EVALUATED for a name that is taken, unless it is to be replaced
   */
  addEvaluation(version: string, figures: ExternalFigures, options?: { replace?: boolean }): Promise<string>;
  /** Copies those of the same version in another registry, from beside its folder there. */
  copyEvaluations(version: string, from: string): Promise<{ copied: string[]; faults: string[] }>;
  /** All entries of the journal, oldest first. */
  journal(): Promise<JournalEntry[]>;
  /** The faults of the registry apart from those of its versions, one line each. */
  faults(): Promise<string[]>;
  /** Only the faults of aliases.json and the journal that cannot be read, or not completely. */
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
    evaluations: (version) => readEvaluations(folder, version),
    addEvaluation: (version, figures, options) => addEvaluation(folder, version, figures, options),
    copyEvaluations: (version, from) => copyEvaluations(folder, version, from),
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
