import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash, sha256 } from '../identity.ts';
import type { Manifest } from '../manifest.ts';
import type { Trees } from '../model.ts';
import { encodeForest } from '../trees.ts';
import { syncFolder, writeDurably } from './atomic.ts';
import { manifestFile, type PackedArtifact, spreadFile, treesFile } from './files.ts';

/** The manifest before its files are known. */
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

/** Writes the files to `folder`, which must not exist, in one step; the manifest last. */
export async function writeArtifact(artifact: PackedArtifact, folder: string): Promise<void> {
  const temporary = `${folder}.${process.pid}.tmp`;
  await mkdir(temporary, { recursive: true, mode: 0o755 });
  try {
    for (const [name, bytes] of Object.entries(artifact.files))
      await writeDurably(join(temporary, name), bytes);
    await syncFolder(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(join(folder, '..'));
}
