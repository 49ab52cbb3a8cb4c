import { basename } from 'node:path';
import type { PackedTrees } from '../answer/predictor.ts';
import { checkTrees, createModel } from '../checks.ts';
import { ArtifactError } from '../errors.ts';
import type { Trees } from '../forest/forest.ts';
import { decodeForest } from '../forest/trees.ts';
import { contentHash, sha256 } from '../manifest/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Model } from '../model.ts';
import {
  manifestFile,
  type PackedArtifact,
  spreadFile,
  type TreesBytes,
  treesFile,
  treesFiles,
} from './files.ts';
import { parseManifest } from './parse-manifest.ts';
import { readPlainFile } from './plain-file.ts';
import { versionName } from './versions.ts';

/** The largest model.json that is read, in bytes. */
export const manifestLimit = 16 << 20;
/** The largest files that are read, in bytes. */
const limits = { manifest: manifestLimit, trees: 256 << 20 };

/**
 * Loads a version from its folder: sizes first, then the manifest, hashes, the trees, and last the golden rows.
 * @param version its name, if its folder has another one
 * @throws ArtifactError naming the failed check
 */
export async function readModel(folder: string, version = basename(folder)): Promise<Model> {
  const { manifest, trees } = await readFiles(folder);
  return assembleModel(manifest, trees, version);
}

/** Reads an artifact to publish it, after the checks that `readModel` makes. */
export async function readArtifact(folder: string): Promise<PackedArtifact> {
  const { json, manifest, trees } = await readFiles(folder);
  assembleModel(manifest, trees, basename(folder));
  return {
    files: { ...trees, [manifestFile]: json },
    manifest,
    sha256: contentHash(manifest, presentTrees(trees)),
  };
}

/** The parts from which `adoptModel` makes a model. */
export interface CheckedArtifact {
  manifest: Manifest;
  trees: Trees;
  packed: PackedTrees;
}

/** As `readModel`, for a thread that passes the parts to another one. @throws ArtifactError */
export async function readChecked(folder: string): Promise<CheckedArtifact> {
  const { manifest, trees: bytes } = await readWhole(folder);
  const trees = decodeTrees(bytes);
  return { manifest, trees, packed: checkTrees(manifest, trees) };
}

/** Makes a model from a manifest and the bytes of its trees, after all checks that need no disk. @throws ArtifactError */
export function assembleModel(manifest: Manifest, trees: TreesBytes, version: string): Model {
  assertContent(manifest, trees, version);
  return createModel(manifest, decodeTrees(trees), version);
}

function decodeTrees(trees: TreesBytes): Trees {
  const spread = trees[spreadFile];
  return { forest: decodeForest(presentTrees(trees)), ...(spread && { spread: decodeForest(spread) }) };
}

/** The manifest and the trees files of a folder, with the sizes and hashes of the manifest; their content is not checked. @throws ArtifactError */
export async function readWhole(folder: string): Promise<{ manifest: Manifest; trees: TreesBytes }> {
  const { manifest, trees } = await readFiles(folder);
  assertContent(manifest, trees, basename(folder));
  return { manifest, trees };
}

/** The manifest alone; the trees are not read. @throws ArtifactError */
export async function readManifest(folder: string): Promise<Manifest> {
  return parseManifest(await readPlainFile(folder, manifestFile, { limit: limits.manifest }));
}

async function readFiles(folder: string): Promise<{ json: Buffer; manifest: Manifest; trees: TreesBytes }> {
  const json = await readPlainFile(folder, manifestFile, { limit: limits.manifest });
  const manifest = parseManifest(json);
  const trees: TreesBytes = {};
  for (const name of treesFiles) {
    const named = manifest.files[name];
    if (named) trees[name] = await readPlainFile(folder, name, { limit: limits.trees, exact: named.bytes });
  }
  return { json, manifest, trees };
}

function presentTrees(trees: TreesBytes): Uint8Array {
  const bytes = trees[treesFile];
  if (!bytes) throw new ArtifactError('missing', `there is no ${treesFile}`);
  return bytes;
}

function assertContent(manifest: Manifest, trees: TreesBytes, version: string): void {
  for (const [name, { bytes: size, sha256: hash }] of Object.entries(manifest.files)) {
    const bytes = trees[name as keyof TreesBytes];
    if (!bytes) throw new ArtifactError('missing', `there is no ${name}`);
    if (bytes.length !== size) {
      throw new ArtifactError('size', `${name} has ${bytes.length} bytes, its manifest says ${size}`);
    }
    if (sha256(bytes) !== hash) {
      throw new ArtifactError('hash', `${name} does not match its hash in ${manifestFile}`);
    }
  }
  if (!versionName.test(version)) return;
  const hash = contentHash(manifest, presentTrees(trees)).slice(0, 7);
  if (!version.endsWith(`-${hash}`)) {
    throw new ArtifactError('hash', `the content of ${version} hashes to ${hash}`);
  }
}
