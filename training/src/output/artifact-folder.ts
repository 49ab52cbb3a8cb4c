import { readdir } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import {
  foreignToArtifact,
  isVersionName,
  type PackedArtifact,
  registryAround,
  writeArtifact,
} from '@hearth/artifact/store';
import { inputError } from '../errors.ts';
import { assertRoom, existingAt } from './room.ts';

/** The folder that a training writes its artifact into. */
export interface ArtifactOutput {
  /** Whether there is an artifact that it replaces. */
  replaces: boolean;
  /** Puts the artifact there in one step. Checks again for files that appeared since. */
  write(artifact: PackedArtifact): Promise<void>;
}

/**
 * Checks, before training, that the artifact can be written: the folder does not exist, is empty, or holds only an artifact.
 * @param replace whether an existing artifact may be replaced
 * @param models the folder that versions are published to
 * @throws InputError BAD_OUTPUT
 */
export async function openArtifactOutput(
  path: string,
  { replace, models }: { replace: boolean; models: string },
): Promise<ArtifactOutput> {
  const folder = resolve(path);
  const check = () => assertFree(path, folder, replace);
  const registry = await registryAround(folder, models);
  if (registry !== undefined) {
    const why = `is in ${registry}, where versions are published: choose another --out, then run hearth publish`;
    throw inputError('BAD_OUTPUT', path, why);
  }
  if (isVersionName(basename(folder)))
    throw inputError('BAD_OUTPUT', path, 'has the name of a published version: choose another --out');
  const replaces = await check();
  await assertRoom(folder);
  return {
    replaces,
    async write(artifact) {
      await writeArtifact(artifact, folder, { replace: await check() });
    },
  };
}

/** @returns whether there is an artifact to be replaced */
async function assertFree(path: string, folder: string, replace: boolean): Promise<boolean> {
  const refuse = (why: string): never => {
    throw inputError('BAD_OUTPUT', path, why);
  };
  const found = await existingAt(folder);
  if (!found) return false;
  if (found.isSymbolicLink()) refuse('is a link; name the folder that it points to');
  if (!found.isDirectory()) refuse('is not a folder; choose another --out');
  if ((await readdir(folder)).length === 0) return false;
  const foreign = await foreignToArtifact(folder);
  if (foreign !== undefined) refuse(`${foreign}: choose another --out, or move it away`);
  if (!replace) refuse(`already has an artifact: choose another --out, or replace it with --force`);
  return true;
}

/** @throws InputError if one of the two outputs would be inside the other */
export function assertApart(artifact: string, report: string): void {
  const inside = (inner: string, outer: string) =>
    relative(resolve(outer), resolve(inner)).split(sep)[0] !== '..';
  if (inside(artifact, report) || inside(report, artifact)) {
    throw inputError(
      'BAD_OUTPUT',
      report,
      `overlaps with the artifact's folder ${artifact}: choose another --report`,
    );
  }
}
