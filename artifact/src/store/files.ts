import type { Manifest } from '../manifest/manifest.ts';

export const manifestFile = 'model.json';
/** The trees of the answer. */
export const treesFile = 'forest.safetensors';
/** The trees of the interval, where the model has one. */
export const spreadFile = 'spread.safetensors';

/** All trees files. Only these names are opened: a name in a manifest is only compared with them. */
export const treesFiles = [treesFile, spreadFile] as const;
export type TreesFile = (typeof treesFiles)[number];

/** The bytes of the trees files of one artifact. */
export type TreesBytes = Partial<Record<TreesFile, Uint8Array>>;

/** The out-of-fold predictions of a version of format 2. No server reads it. */
export const outOfFoldFile = 'out-of-fold.safetensors';

/** Every file that a manifest can name. */
export const namedFiles = [...treesFiles, outOfFoldFile] as const;
export type FilesBytes = Partial<Record<(typeof namedFiles)[number], Uint8Array>>;

/** The files of an artifact, as bytes, with the hash of their content. */
export interface PackedArtifact<M extends Manifest = Manifest> {
  files: Record<string, Uint8Array>;
  manifest: M;
  sha256: string;
}
