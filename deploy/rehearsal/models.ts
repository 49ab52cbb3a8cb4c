import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeForest, readAnswer, type Trees } from '@hearth/artifact';
import {
  openRegistry,
  type PackedArtifact,
  packArtifact,
  readArtifact,
  spreadFile,
  treesFile,
} from '@hearth/artifact/store';

/**
 * A model like the one in production: its trees, answers a little higher, and predictions out of fold that are nearer to what was true by
 * `gain`, a share of the way; further off where it is below 0. It takes no training, and the gate sees what it would see of one that
 * was trained.
 */
export async function variantOf(folder: string, gain: number): Promise<PackedArtifact> {
  const { manifest, files } = await readArtifact(folder);
  const { files: _, ...draft } = structuredClone(manifest);
  const spread = files[spreadFile];
  const trees: Trees = {
    forest: decodeForest(files[treesFile]),
    ...(spread && { spread: decodeForest(spread) }),
  };
  draft.answer.base = Number(draft.answer.base) + gain;
  const read = readAnswer(draft, trees);
  draft.golden = draft.golden.map(({ row }) => ({ row, ...read(row) }));
  for (const each of draft.evaluation.outOfFold) {
    each.prediction = Math.min(1, Math.max(0, each.prediction + gain * (each.target - each.prediction)));
  }
  return packArtifact(draft, trees);
}

/** Publishes a variant in the registry of a checkout, and has git say that it is to be in production. @returns its version */
export async function deliverVariant(models: string, gain: number): Promise<string> {
  const registry = openRegistry(models);
  const artifact = await variantOf(path.join(models, await registry.production()), gain);
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  return version;
}

/** Turns one bit of a version's trees. */
export async function corrupt(models: string, version: string): Promise<void> {
  const file = path.join(models, version, treesFile);
  const bytes = await readFile(file);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(file, bytes);
}
