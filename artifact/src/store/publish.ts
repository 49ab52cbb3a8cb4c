import { join } from 'node:path';
import { ArtifactError } from '../errors.ts';
import { ensureFolder, prepareFolder } from './atomic.ts';
import { changeRegistry } from './change.ts';
import { writeError } from './errors.ts';
import type { PackedArtifact } from './files.ts';
import type { JournalEntry } from './journal.ts';
import { readArtifact, readModel } from './read.ts';
import { listVersions, versionNumber } from './versions.ts';

/** Adds a version: writes it under a temporary name, loads it from there as a server would, and renames it. */
export async function publish(
  folder: string,
  artifact: PackedArtifact,
): Promise<{ version: string; added: boolean }> {
  await ensureFolder(folder).catch((error) => {
    throw writeError(error, folder);
  });
  return changeRegistry(folder, async ({ journal, announce }) => {
    const versions = await listVersions(folder);
    const same = await findSame(folder, versions, artifact.sha256);
    if (same) return { version: same, added: false };
    const number =
      1 + Math.max(0, ...[...versions, ...publishedVersions(journal.entries)].map(versionNumber));
    const version = `${number}-${artifact.sha256.slice(0, 7)}`;
    const prepared = await prepareFolder(join(folder, version), artifact.files);
    try {
      await readModel(prepared.temporary, version);
      await announce({ action: 'publish', version, sha256: artifact.sha256 });
      await prepared.commit();
    } catch (error) {
      await prepared.discard();
      throw error;
    }
    return { version, added: true };
  });
}

/** The version with this content. A damaged one does not count: its content is published again. */
async function findSame(folder: string, versions: string[], sha256: string): Promise<string | undefined> {
  for (const version of versions.filter((each) => each.endsWith(`-${sha256.slice(0, 7)}`))) {
    try {
      if ((await readArtifact(join(folder, version))).sha256 === sha256) return version;
    } catch (error) {
      if (!(error instanceof ArtifactError)) throw error;
    }
  }
  return undefined;
}

/** For the next number: none is given twice, even if its version was pruned or its writer was killed. */
const publishedVersions = (entries: readonly JournalEntry[]): string[] =>
  entries.filter(({ action }) => action === 'publish').map(({ version }) => version as string);
