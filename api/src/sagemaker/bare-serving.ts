import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Model } from '@hearth/artifact';
import { assembleModel, isVersionName, manifestFile, readArtifact } from '@hearth/artifact/store';
import { type Serving, serveFixed } from '../serving/index.ts';

/**
 * Serves one version from a folder without a registry; it is never replaced while the process runs. The folder contains the version's
 * folder, or only its files: then the version is named by its hash.
 */
export const serveBare = (folder: string): Serving =>
  serveFixed({ load: async () => ({ model: await loadBare(folder) }), models: folder });

async function loadBare(folder: string): Promise<Model> {
  const version = await locateVersion(folder);
  const { files, sha256 } = await readArtifact(version);
  const name = basename(version);
  return assembleModel(files[manifestFile], files, isVersionName(name) ? name : sha256.slice(0, 7));
}

async function locateVersion(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes(manifestFile)) return folder;
  const versions = names.filter(isVersionName);
  if (versions.length === 1) return join(folder, versions[0]);
  throw new Error(
    `${folder} contains ${versions.length === 0 ? 'no version' : versions.sort().join(' and ')}; put exactly one there, as hearth export --sagemaker packs it`,
  );
}
