import type { Manifest } from '../manifest.ts';

export const manifestFile = 'model.json';
export const treesFile = 'forest.safetensors';

/** The files of an artifact, as bytes, with the hash of their content. */
export interface PackedArtifact {
  files: Record<string, Uint8Array>;
  manifest: Manifest;
  sha256: string;
}
