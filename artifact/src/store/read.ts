import { basename } from 'node:path';
import type { PackedTrees } from '../answer/predictor.ts';
import { outputsOf } from '../answer/targets.ts';
import { checkTrees, createModel } from '../checks.ts';
import { ArtifactError } from '../errors.ts';
import type { Trees } from '../forest/forest.ts';
import { decodeAnswer, decodeForest } from '../forest/trees.ts';
import { contentHash, sha256 } from '../manifest/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { decodeOutOfFold, outOfFoldBytes } from '../manifest/out-of-fold.ts';
import { isEvaluated } from '../manifest/stated.ts';
import type { Model } from '../model.ts';
import {
  type FilesBytes,
  manifestFile,
  namedFiles,
  outOfFoldFile,
  type PackedArtifact,
  spreadFile,
  treesFile,
} from './files.ts';
import { modelBytes } from './model-bytes.ts';
import { parseManifest } from './parse-manifest.ts';
import { readPlainFile } from './plain-file.ts';
import { versionName } from './versions.ts';

/** The largest model.json that is read, in bytes. */
export const manifestLimit = 32 << 20;

/**
 * Loads a version from its folder: sizes first, then the manifest, hashes, the trees, and last the golden rows.
 * @param version its name, if its folder has another one
 * @throws ArtifactError naming the failed check
 */
export async function readModel(folder: string, version = basename(folder)): Promise<Model> {
  const { json, files } = await readFiles(folder);
  return assembleModel(json, files, version);
}

/** Reads an artifact to publish it, after the checks that `readModel` makes. */
export async function readArtifact(folder: string): Promise<PackedArtifact> {
  const { json, files } = await readFiles(folder);
  const { manifest } = assembleModel(json, files, basename(folder));
  return { files: { ...files, [manifestFile]: json }, manifest, sha256: hashOf(json, files) };
}

/** The parts from which `adoptModel` makes a model. */
export interface CheckedArtifact {
  manifest: Manifest;
  trees: Trees;
  packed: PackedTrees;
}

/** As `readModel`, without out-of-fold predictions, for a thread that passes the parts to another one. @throws ArtifactError */
export async function readChecked(folder: string): Promise<CheckedArtifact> {
  const { json, files, manifest } = await readFiles(folder, [outOfFoldFile]);
  assertContent(manifest, json, files, basename(folder));
  const trees = decodeTrees(manifest, files);
  return { manifest, trees, packed: checkTrees(manifest, trees) };
}

/** Makes a model from the bytes of its files, after all checks that need no disk. @throws ArtifactError */
export function assembleModel(json: Uint8Array, files: FilesBytes, version: string): Model {
  const manifest = parseManifest(json);
  for (const name of Object.keys(manifest.files)) {
    if (!files[name as keyof FilesBytes]) throw new ArtifactError('missing', `there is no ${name}`);
  }
  assertContent(manifest, json, files, version);
  return createModel(withRows(manifest, files), decodeTrees(manifest, files), version);
}

/** The manifest with the out-of-fold predictions that are in a file of their own. */
function withRows(manifest: Manifest, files: FilesBytes): Manifest {
  const bytes = files[outOfFoldFile];
  if (!bytes || !isEvaluated(manifest)) return manifest;
  const { subgroups = [] } = manifest.evaluation;
  const outOfFold = decodeOutOfFold(bytes, outputsOf(manifest.target), subgroups.length);
  return { ...manifest, evaluation: { ...manifest.evaluation, outOfFold } };
}

function decodeTrees({ format, target, features }: Manifest, files: FilesBytes): Trees {
  const bytes = presentTrees(files);
  const spread = files[spreadFile];
  return {
    ...(format === 1
      ? { forest: decodeForest(bytes) }
      : decodeAnswer(bytes, outputsOf(target), features.length)),
    ...(spread && { spread: decodeForest(spread) }),
  };
}

/** The manifest of a folder whose files have the sizes and hashes in it; their content is not checked. @throws ArtifactError */
export async function readWhole(folder: string): Promise<{ manifest: Manifest; sha256: string }> {
  const { json, files, manifest } = await readFiles(folder);
  assertContent(manifest, json, files, basename(folder));
  return { manifest, sha256: hashOf(json, files) };
}

/** The manifest alone; the trees are not read. @throws ArtifactError */
export async function readManifest(folder: string): Promise<Manifest> {
  return parseManifest(await readPlainFile(folder, manifestFile, { limit: manifestLimit }));
}

async function readFiles(folder: string, without: readonly string[] = []) {
  const json = await readPlainFile(folder, manifestFile, { limit: manifestLimit });
  const manifest = parseManifest(json);
  const files: FilesBytes = {};
  const largest = modelBytes();
  for (const name of namedFiles) {
    const named = manifest.files[name];
    if (named && !without.includes(name)) {
      const limit = name === outOfFoldFile ? outOfFoldBytes : largest;
      files[name] = await readPlainFile(folder, name, { limit, exact: named.bytes });
    }
  }
  return { json, manifest, files };
}

function presentTrees(files: FilesBytes): Uint8Array {
  const bytes = files[treesFile];
  if (!bytes) throw new ArtifactError('missing', `there is no ${treesFile}`);
  return bytes;
}

const hashOf = (json: Uint8Array, files: FilesBytes): string =>
  contentHash(JSON.parse(new TextDecoder().decode(json)), presentTrees(files));

/** @throws ArtifactError 'size' or 'hash' unless the files are those of the manifest, and the version is named after them */
function assertContent(manifest: Manifest, json: Uint8Array, files: FilesBytes, version: string): void {
  presentTrees(files);
  for (const name of namedFiles) {
    const bytes = files[name];
    if (!bytes) continue;
    const { bytes: size, sha256: hash } = manifest.files[name];
    if (bytes.length !== size) {
      throw new ArtifactError('size', `${name} has ${bytes.length} bytes, its manifest says ${size}`);
    }
    if (sha256(bytes) !== hash) {
      throw new ArtifactError('hash', `${name} does not match its hash in ${manifestFile}`);
    }
  }
  if (!versionName.test(version)) return;
  const hash = hashOf(json, files).slice(0, 7);
  if (!version.endsWith(`-${hash}`)) {
    throw new ArtifactError('hash', `the content of ${version} hashes to ${hash}`);
  }
}
