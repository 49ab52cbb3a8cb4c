import type { PackedTrees } from '../answer/predictor.ts';
import { outputsOf } from '../answer/targets.ts';
import { checkTrees, createModel } from '../checks.ts';
import { ArtifactError } from '../errors.ts';
import type { Trees } from '../forest/forest.ts';
import { decodeAnswer, decodeForest } from '../forest/trees.ts';
import { contentHash, sha256 } from '../manifest/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { decodeOutOfFold } from '../manifest/out-of-fold.ts';
import { isEvaluated } from '../manifest/stated.ts';
import type { Model } from '../model.ts';
import { type FilesBytes, manifestFile, namedFiles, outOfFoldFile, spreadFile, treesFile } from './files.ts';
import { parseManifest } from './parse-manifest.ts';
import { versionName } from './versions.ts';

/** The parts from which `adoptModel` makes a model. */
export interface CheckedArtifact {
  manifest: Manifest;
  trees: Trees;
  packed: PackedTrees;
}

/** All checks of a version but those of its out-of-fold predictions; none needs a disk. @throws ArtifactError */
export function checkFiles(
  manifest: Manifest,
  json: Uint8Array,
  files: FilesBytes,
  version: string,
): CheckedArtifact {
  assertContent(manifest, json, files, version);
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

function presentTrees(files: FilesBytes): Uint8Array {
  const bytes = files[treesFile];
  if (!bytes) throw new ArtifactError('missing', `there is no ${treesFile}`);
  return bytes;
}

export const hashOf = (json: Uint8Array, files: FilesBytes): string =>
  contentHash(JSON.parse(new TextDecoder().decode(json)), presentTrees(files));

/** @throws ArtifactError 'size' or 'hash' unless the files are those of the manifest, and the version is named after them */
export function assertContent(
  manifest: Manifest,
  json: Uint8Array,
  files: FilesBytes,
  version: string,
): void {
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
