import { dirname } from 'node:path';
import type { Trees } from '../forest/forest.ts';
import { encodeAnswer, encodeForest } from '../forest/trees.ts';
import { contentHash, sha256 } from '../manifest/identity.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { encodeOutOfFold } from '../manifest/out-of-fold.ts';
import { ensureFolder, prepareFolder, setAside } from './atomic.ts';
import { writeError } from './errors.ts';
import {
  manifestFile,
  namedFiles,
  outOfFoldFile,
  type PackedArtifact,
  spreadFile,
  treesFile,
} from './files.ts';
import { readModel } from './read.ts';

/** A manifest without its files. */
export type ManifestDraft = Omit<Manifest, 'files'>;

/**
 * Turns a model into its files. The same draft and trees give the same bytes. In format 2 the out-of-fold predictions of the draft become
 * a file of their own.
 */
export function packArtifact<D extends ManifestDraft>(
  draft: D,
  answer: Trees,
): PackedArtifact<D & Pick<Manifest, 'files'>> {
  const files: Record<string, Uint8Array> = { [treesFile]: encodeAnswer(answer) };
  if (answer.spread) files[spreadFile] = encodeForest(answer.spread);
  let evaluation: object | undefined = draft.evaluation;
  if (draft.format > 1 && draft.evaluation) {
    const { outOfFold, subgroups = [] } = draft.evaluation;
    const { bytes, summary } = encodeOutOfFold(outOfFold, draft.engine.seed, subgroups.length);
    files[outOfFoldFile] = bytes;
    evaluation = { ...draft.evaluation, outOfFold: summary };
  }
  const named = Object.fromEntries(
    Object.entries(files).map(([name, bytes]) => [name, { sha256: sha256(bytes), bytes: bytes.length }]),
  );
  const written = { ...draft, evaluation, files: named };
  const json = new TextEncoder().encode(`${JSON.stringify(written, null, 1)}\n`);
  return {
    files: { ...files, [manifestFile]: json },
    manifest: { ...draft, files: named },
    sha256: contentHash(written, files[treesFile]),
  };
}

/**
 * Writes the files under a temporary name beside `folder`, loads them from there as a server would, and moves them to `folder` in one
 * step. `folder` must be empty or not exist.
 * @param replace `folder` holds another artifact and nothing else, as `foreignToArtifact` checks, and is replaced
 * @throws ArtifactError for an artifact that could not serve; RegistryError without room or permission to write
 */
export const writeArtifact = (
  artifact: PackedArtifact,
  folder: string,
  { replace = false } = {},
): Promise<void> =>
  put(artifact, folder, replace).catch((error) => {
    throw writeError(error, folder);
  });

async function put(artifact: PackedArtifact, folder: string, replace: boolean): Promise<void> {
  await ensureFolder(dirname(folder));
  const prepared = await prepareFolder(folder, artifact.files);
  try {
    await readModel(prepared.temporary);
    const aside = replace ? await setAside(folder) : undefined;
    try {
      await prepared.commit();
    } catch (error) {
      await aside?.putBack();
      throw error;
    }
    await aside?.remove([manifestFile, ...namedFiles]);
  } catch (error) {
    await prepared.discard();
    throw error;
  }
}
