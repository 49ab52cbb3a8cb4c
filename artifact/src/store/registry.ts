import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '../model.ts';
import { readAliases, writeAliases } from './aliases.ts';
import { registryError } from './errors.ts';
import type { PackedArtifact } from './files.ts';
import { type JournalEntry, readJournal, writeJournal } from './journal.ts';
import { readModel } from './read.ts';
import { findVersion, listVersions, versionNumber } from './versions.ts';
import { writeArtifact } from './write.ts';

/** What is known of one published version. */
export interface VersionSummary {
  version: string;
  published?: string;
  production: boolean;
}

/** The versions of one model, in a folder such as models/heart. */
export interface Registry {
  readonly folder: string;
  /** Adds a version. Content that is already there keeps the version it has: `added` is false. */
  publish(artifact: PackedArtifact): Promise<{ version: string; added: boolean }>;
  /** Puts a version (its name, a unique beginning of it, or `latest`) into production, after loading it whole. */
  promote(wanted: string): Promise<{ version: string; previous: string | null }>;
  list(): Promise<VersionSummary[]>;
  /** The version in production. @throws RegistryError when there is none. */
  production(): Promise<string>;
  /** Loads a version whole, or throws an ArtifactError. */
  load(version: string): Promise<Model>;
  journal(): Promise<JournalEntry[]>;
}

export function openRegistry(folder: string): Registry {
  const now = () => new Date().toISOString();
  return {
    folder,

    async publish(artifact) {
      await mkdir(folder, { recursive: true });
      const versions = await listVersions(folder);
      const same = versions.find((version) => version.endsWith(`-${artifact.sha256.slice(0, 7)}`));
      if (same) return { version: same, added: false };
      const version = `${versionNumber(versions.at(-1) ?? '0') + 1}-${artifact.sha256.slice(0, 7)}`;
      await writeArtifact(artifact, join(folder, version));
      await writeJournal(folder, { time: now(), action: 'publish', version, sha256: artifact.sha256 });
      return { version, added: true };
    },

    async promote(wanted) {
      const version = await findVersion(folder, wanted);
      await readModel(join(folder, version));
      const aliases = await readAliases(folder);
      const previous = aliases.production ?? null;
      if (previous === version) return { version, previous };
      await writeAliases(folder, { ...aliases, production: version });
      await writeJournal(folder, { time: now(), action: 'promote', version, previous });
      return { version, previous };
    },

    async list() {
      const [versions, aliases, journal] = await Promise.all([
        listVersions(folder),
        readAliases(folder),
        readJournal(folder),
      ]);
      const times = new Map(
        journal.filter(({ action }) => action === 'publish').map((e) => [e.version, e.time]),
      );
      return versions.map((version) => ({
        version,
        published: times.get(version),
        production: version === aliases.production,
      }));
    },

    async production() {
      const { production } = await readAliases(folder);
      if (!production) throw registryError('NO_PRODUCTION', folder);
      return production;
    },

    load: (version) => readModel(join(folder, version)),
    journal: () => readJournal(folder),
  };
}
