import { dirname } from 'node:path';
import type { Trees } from '../forest/forest.ts';
import { encodeForest } from '../forest/trees.ts';
import { contentHash, sha256 } from '../manifest/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { ensureFolder, prepareFolder, setAside } from './atomic.ts';
import { writeError } from './errors.ts';
import { manifestFile, type PackedArtifact, spreadFile, treesFile, treesFiles } from './files.ts';
import { readModel } from './read.ts';

/** A manifest without its files. */
export type ManifestDraft = Omit<Manifest, 'files'>;

/** Turns a model into its files. The same draft and trees give the same bytes. */
export function packArtifact(draft: ManifestDraft, { forest, spread }: Trees): PackedArtifact {
  const trees: Record<string, Uint8Array> = { [treesFile]: encodeForest(forest) };
  if (spread) trees[spreadFile] = encodeForest(spread);
  const files = Object.fromEntries(
    Object.entries(trees).map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.length }]),
  );
  const manifest = { ...draft, files };
  const json = new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
  return {
    files: { ...trees, [manifestFile]: json },
    manifest,
    sha256: contentHash(manifest, trees[treesFile]),
  };
}

/**
 * Writes the files under a temporary name beside `folder`, loads them from there as a server would, and moves them to `folder` in one
 * step. `folder` must be empty or not exist.
 * @param replace `folder` holds another artifact and nothing else, as `foreignToArtifact` checks, and is replaced
 * @throws ArtifactError for an artifact that could not serve; RegistryError without room or permission to write
 */
export const writeArtifact = (
  artifact: PackedArtifact,
  folder: string,
  { replace = false } = {},
): Promise<void> =>
  put(artifact, folder, replace).catch((error) => {
    throw writeError(error, folder);
  });

async function put(artifact: PackedArtifact, folder: string, replace: boolean): Promise<void> {
  await ensureFolder(dirname(folder));
  const prepared = await prepareFolder(folder, artifact.files);
  try {
    await readModel(prepared.temporary);
    const aside = replace ? await setAside(folder) : undefined;
    try {
      await prepared.commit();
    } catch (error) {
      await aside?.putBack();
      throw error;
    }
    await aside?.remove([manifestFile, ...treesFiles]);
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}
