import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArtifactError } from '../errors.ts';
import { printable } from '../printable.ts';
import { manifestFile, namedFiles } from './files.ts';
import { lockFile } from './lock.ts';
import { readWhole } from './read.ts';
import { versionName } from './versions.ts';

const own: readonly string[] = [manifestFile, ...namedFiles];
const shown = 10;

/** Names in the folder of an artifact or a version that no writer of artifacts has put there. */
export async function foreignFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !own.includes(name)).sort();
}

/** Why a folder is more or less than a whole artifact, in words; undefined where it is one and nothing else. */
export async function foreignToArtifact(folder: string): Promise<string | undefined> {
  const foreign = await foreignFiles(folder);
  if (foreign.length > 0) {
    const names = foreign.slice(0, shown).map((name) => printable(name, 100));
    const more = foreign.length > shown ? ` and ${foreign.length - shown} more` : '';
    return `holds ${names.join(', ')}${more}, which is not part of an artifact`;
  }
  try {
    const { manifest } = await readWhole(folder);
    const unnamed = (await readdir(folder)).find(
      (name) => name !== manifestFile && !(name in manifest.files),
    );
    return unnamed && `holds ${unnamed}, which is not part of its artifact`;
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return `holds an artifact that train did not write (${error.message})`;
  }
}

/** Whether a folder of this name is taken for a published version, whose name has to be the hash of its content. */
export const isVersionName = (name: string): boolean => versionName.test(name);

/** The folder of published versions, or of models, that a path lies in; undefined where it lies in none. */
export async function registryAround(path: string, models: string): Promise<string | undefined> {
  const modelsFolder = await realPlace(models);
  for (let at = await realPlace(path); ; at = dirname(at)) {
    if (at === modelsFolder || (await isRegistry(at))) return at;
    if (at === dirname(at)) return undefined;
  }
}

async function isRegistry(folder: string): Promise<boolean> {
  for (const name of ['aliases.json', 'journal.jsonl', lockFile]) {
    if (await stat(join(folder, name)).catch(() => undefined)) return true; // what cannot be looked at cannot be written to either
  }
  return false;
}

/** Where a path leads once the links in it are followed, also one to nothing yet. */
async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(await realPlace(above), basename(path));
  }
}
