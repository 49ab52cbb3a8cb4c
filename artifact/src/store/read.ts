import { basename } from 'node:path';
import type { Manifest } from '../manifest/manifest.ts';
import { outOfFoldBytes } from '../manifest/out-of-fold.ts';
import type { Model } from '../model.ts';
import { assembleModel, assertContent, type CheckedArtifact, checkFiles, hashOf } from './assemble.ts';
import { type FilesBytes, manifestFile, namedFiles, outOfFoldFile, type PackedArtifact } from './files.ts';
import { modelBytes } from './model-bytes.ts';
import { parseManifest } from './parse-manifest.ts';
import { readPlainFile } from './plain-file.ts';

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

/** As `readModel`, without out-of-fold predictions, for a thread that passes the parts to another one. @throws ArtifactError */
export async function readChecked(folder: string): Promise<CheckedArtifact> {
  const { json, files, manifest } = await readFiles(folder, [outOfFoldFile]);
  return checkFiles(manifest, json, files, basename(folder));
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
