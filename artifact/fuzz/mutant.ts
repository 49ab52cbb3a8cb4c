import type { Manifest } from '@hearth/artifact';
import { contentHash, sha256 } from '@hearth/artifact';
import { manifestFile, type PackedArtifact, treesFile } from '@hearth/artifact/store';

/** The files of an artifact, to be damaged. */
export interface Mutant {
  /** The bytes of model.json. */
  manifest: Buffer;
  /** The bytes of the trees files by name. */
  trees: Record<string, Buffer>;
  version: string;
}

export const toMutant = ({ files, sha256 }: PackedArtifact): Mutant => ({
  manifest: Buffer.from(files[manifestFile]),
  trees: Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name !== manifestFile)
      .map(([name, bytes]) => [name, Buffer.from(bytes)]),
  ),
  version: `1-${sha256.slice(0, 7)}`,
});

/** Changes the manifest as an object. It need not stay one. */
export function editManifest(mutant: Mutant, edit: (manifest: Manifest) => unknown): void {
  const manifest = JSON.parse(mutant.manifest.toString('utf8'));
  mutant.manifest = Buffer.from(JSON.stringify(edit(manifest) ?? manifest));
}

/**
 * Makes sizes and hashes fit what the mutant has become, as someone would who wants a bad model to pass: after it only the deeper
 * checks are in the way. Where the manifest cannot be read any more, there is nothing to repair.
 */
export function repairHashes(mutant: Mutant): void {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(mutant.manifest.toString('utf8'));
    for (const [name, bytes] of Object.entries(mutant.trees)) {
      if (!Object.hasOwn(manifest.files, name)) continue;
      manifest.files[name] = { sha256: sha256(bytes), bytes: bytes.length };
    }
    const text = JSON.stringify(manifest);
    const hash = contentHash(JSON.parse(text), mutant.trees[treesFile]);
    mutant.manifest = Buffer.from(text);
    mutant.version = `1-${hash.slice(0, 7)}`;
  } catch {
    // it is damaged beyond repair, which is what the reader has to find out
  }
}
