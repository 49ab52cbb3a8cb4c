import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { someOf } from '../columns/similar.ts';
import { ArtifactError } from '../errors.ts';
import { printable } from '../printable.ts';
import { manifestFile, namedFiles } from './files.ts';
import { lockFile } from './lock.ts';
import { readWhole } from './read.ts';
import { versionName } from './versions.ts';

const own: readonly string[] = [manifestFile, ...namedFiles];

/** Files in the folder of an artifact or a version that are not files of an artifact. */
export async function foreignFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !own.includes(name)).sort();
}

/** In words, why a folder is not one whole artifact and nothing else; undefined if it is. */
export async function foreignToArtifact(folder: string): Promise<string | undefined> {
  const foreign = await foreignFiles(folder);
  if (foreign.length > 0) {
    return `holds ${someOf(foreign.map((name) => printable(name, 100)))}, which is not part of an artifact`;
  }
  try {
    const { manifest } = await readWhole(folder);
    const unnamed = (await readdir(folder)).find(
      (name) => name !== manifestFile && !(name in manifest.files),
    );
    return unnamed && `holds ${unnamed}, which is not part of its artifact`;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return `holds files of an artifact, but not a whole one that train wrote (${error.message})`;
  }
}

/** Whether a folder with this name counts as a published version, whose name must match the hash of its content. */
export const isVersionName = (name: string): boolean => versionName.test(name);

/** The registry, or the folder of models, that contains a path; undefined if none does. */
export async function registryAround(path: string, models: string): Promise<string | undefined> {
  const modelsFolder = await realPlace(models);
  for (let at = await realPlace(path); ; at = dirname(at)) {
    if (at === modelsFolder || (await isRegistry(at))) return at;
    if (at === dirname(at)) return undefined;
  }
}

async function isRegistry(folder: string): Promise<boolean> {
  for (const name of ['aliases.json', 'journal.jsonl', lockFile]) {
    if (await stat(join(folder, name)).catch(() => undefined)) return true; // a folder that cannot be read cannot be written to either
  }
  return false;
}

/** A path with all links resolved; its last parts need not exist. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above), basename(path));
  }
}
