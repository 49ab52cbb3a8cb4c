import { join } from 'node:path';
import {
  ArtifactError,
  type Manifest,
  type PublicEntry,
  type ScoredVersion,
  type VersionsStatus,
} from '@hearth/artifact';
import { type JournalEntry, manifestFile, openRegistry, readManifest } from '@hearth/artifact/store';
import { withoutPaths } from '../server/paths.ts';

const entriesShown = 20;

/** Reads a model's registry for `GET /status`. @param serving the version that serves, which may be an earlier one */
export async function readVersions(folder: string, serving?: string): Promise<VersionsStatus> {
  const registry = openRegistry(folder);
  const [versions, journal, unreadable] = await Promise.all([
    registry.list(),
    registry.journal().catch(() => []), // `unreadable` reports it
    registry.unreadable(),
  ]);
  const newest = versions.findLast(({ version, production }) => !production && version !== serving);
  return {
    production: versions.find(({ production }) => production)?.version ?? null,
    published: versions.length,
    faults: unreadable.journal.map((fault) => withoutPaths(fault, folder)),
    journal: journal.slice(-entriesShown).reverse().map(withoutReason),
    ...(newest && {
      challenger: {
        version: newest.version,
        published: newest.published,
        ...(await readScores(join(folder, newest.version))),
      },
    }),
  };
}

export const scoresOf = ({ evaluation }: Manifest): Pick<ScoredVersion, 'kind' | 'scores'> =>
  evaluation ? { kind: evaluation.kind, scores: evaluation.model } : {};

/** The manifest alone has the scores; the trees are read and checked when the version is promoted. */
async function readScores(folder: string) {
  try {
    return scoresOf(await readManifest(folder));
  } catch (error) {
    if (error instanceof ArtifactError) return { fault: error.message };
    return { fault: `${manifestFile} cannot be read: ${(error as NodeJS.ErrnoException).code}` };
  }
}

function withoutReason(entry: JournalEntry): PublicEntry {
  const { time, action, version } = entry;
  const previous = 'previous' in entry ? entry.previous : null;
  return { time, action, version, ...(previous !== null && { previous }) };
}
