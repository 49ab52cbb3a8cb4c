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
import { assertRoom, standingAt } from './room.ts';

/** The folder that a training writes its artifact to. */
export interface ArtifactOutput {
  /** Puts the artifact there in one step. What has come there since is refused as before. */
  write(artifact: PackedArtifact): Promise<void>;
}

/**
 * Makes sure, before anything is learned, that the artifact can be written: a folder that is there holds nothing, or an artifact and
 * nothing else.
 * @param replace whether such an artifact is replaced
 * @param models where versions are published to
 * @throws InputError BAD_OUTPUT
 */
export async function openArtifactOutput(
  path: string,
  { replace, models }: { replace: boolean; models: string },
): Promise<ArtifactOutput> {
  const folder = resolve(path);
  const look = () => assertFree(path, folder, replace);
  const registry = await registryAround(folder, models);
  if (registry !== undefined) {
    const why = `is in ${registry}, where versions are published: choose another --out, and then hearth publish`;
    throw inputError('BAD_OUTPUT', path, why);
  }
  if (isVersionName(basename(folder)))
    throw inputError('BAD_OUTPUT', path, 'has the name of a published version: choose another --out');
  await look();
  await assertRoom(folder);
  return {
    async write(artifact) {
      await writeArtifact(artifact, folder, { replace: await look() });
    },
  };
}

/** @returns whether there is an artifact that is to be replaced */
async function assertFree(path: string, folder: string, replace: boolean): Promise<boolean> {
  const refuse = (why: string): never => {
    throw inputError('BAD_OUTPUT', path, why);
  };
  const found = await standingAt(folder);
  if (!found) return false;
  if (found.isSymbolicLink()) refuse('is a link; name the folder that it leads to');
  if (!found.isDirectory()) refuse('is not a folder; choose another --out');
  if ((await readdir(folder)).length === 0) return false;
  const foreign = await foreignToArtifact(folder);
  if (foreign !== undefined) refuse(`${foreign}: choose another --out, or move it away`);
  if (!replace) refuse(`holds an artifact already: choose another --out, or replace it with --force`);
  return true;
}

/** @throws InputError where one of two outputs would come into the other */
export function assertApart(artifact: string, report: string): void {
  const inside = (inner: string, outer: string) =>
    relative(resolve(outer), resolve(inner)).split(sep)[0] !== '..';
  if (inside(artifact, report) || inside(report, artifact)) {
    throw inputError(
      'BAD_OUTPUT',
      report,
      `is in one place with the artifact, ${artifact}: choose another --report`,
    );
  }
}
