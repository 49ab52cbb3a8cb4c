import { EventEmitter } from 'node:events';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ArtifactError, type Model } from '@hearth/artifact';
import { assembleModel, manifestFile, readArtifact } from '@hearth/artifact/store';
import { withoutPaths } from '../server/paths.ts';
import { Problem } from '../server/problem.ts';
import type { Refusal, Serving, ServingEvents } from '../serving/index.ts';

/** The name of a version, which contains a prefix of its hash. */
const versionName = /^[1-9]\d{0,8}-[0-9a-f]{7}$/;

/**
 * Serves one version from a folder without a registry; it is never replaced while the process runs. The folder contains the version's
 * folder, or only its files: then the version is named by its hash.
 */
export function serveBare(folder: string): Serving {
  const events = new EventEmitter<ServingEvents>();
  let model: Model | undefined;
  let since: string | undefined;
  let refusals: Refusal[] = [];
  let started: Promise<void> | undefined;

  async function start(): Promise<void> {
    try {
      model = await loadBare(folder);
      since = new Date().toISOString();
      events.emit('swap', { version: model.version });
    } catch (error) {
      const check = error instanceof ArtifactError ? error.check : undefined;
      const { message } = error as Error;
      const refusal: Refusal = {
        part: 'version',
        check,
        reason: withoutPaths(message, folder),
        time: new Date().toISOString(),
      };
      refusals = [refusal];
      events.emit('refusal', refusal, message);
    }
  }

  return {
    events,
    published: undefined,
    previous: undefined,
    model() {
      if (!model) throw new Problem('NO_MODEL', refusals[0]?.reason ?? 'it is being loaded');
      return model;
    },
    get since() {
      return since;
    },
    get refusals() {
      return refusals;
    },
    start: () => {
      started ??= start();
      return started;
    },
    async close() {},
  };
}

async function loadBare(folder: string): Promise<Model> {
  const version = await locateVersion(folder);
  const { files, sha256 } = await readArtifact(version);
  const name = basename(version);
  return assembleModel(files[manifestFile], files, versionName.test(name) ? name : sha256.slice(0, 7));
}

async function locateVersion(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.includes(manifestFile)) return folder;
  const versions = names.filter((name) => versionName.test(name));
  if (versions.length === 1) return join(folder, versions[0]);
  throw new Error(
    `${folder} contains ${versions.length === 0 ? 'no version' : versions.sort().join(' and ')}; put exactly one there, as hearth export --sagemaker packs it`,
  );
}
