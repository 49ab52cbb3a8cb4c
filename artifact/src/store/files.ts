import type { Manifest } from '../manifest.ts';

export const manifestFile = 'model.json';
/** The trees of the answer. */
export const treesFile = 'forest.safetensors';
/** The trees of the interval, where the model has one. */
export const spreadFile = 'spread.safetensors';

/** The files of an artifact, as bytes, with the hash of their content. */
export interface PackedArtifact {
  files: Record<string, Uint8Array>;
  manifest: Manifest;
  sha256: string;
}
