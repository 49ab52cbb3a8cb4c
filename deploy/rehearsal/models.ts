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
 * A variant of the model in production: the same trees, slightly higher answers, and out-of-fold predictions that are closer to the targets by the
 * share `gain` (further away if it is negative). The gate judges it like a trained model, but it needs no training.
 * @param format of the variant; without it, that of the model in production
 */
export async function variantOf(folder: string, gain: number, format?: 1 | 2): Promise<PackedArtifact> {
  const { manifest, files } = await readArtifact(folder);
  const { files: _, ...draft } = structuredClone(manifest);
  const spread = files[spreadFile];
  const trees: Trees = {
    forest: decodeForest(files[treesFile]),
    ...(spread && { spread: decodeForest(spread) }),
  };
  if (format) draft.format = format;
  draft.answer.base = Number(draft.answer.base) + gain;
  const read = readAnswer(draft, trees);
  draft.golden = draft.golden.map(({ row }) => ({ row, ...read(row) }));
  for (const each of draft.evaluation?.outOfFold ?? []) {
    each.prediction = Math.min(1, Math.max(0, each.prediction + gain * (each.target - each.prediction)));
  }
  return packArtifact(draft, trees);
}

/** Publishes a variant in the registry of a checkout and puts it into production there. @returns its version */
export async function deliverVariant(models: string, gain: number): Promise<string> {
  const registry = openRegistry(models);
  const artifact = await variantOf(path.join(models, await registry.production()), gain);
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  return version;
}

/** Changes one bit in the trees of a version. */
export async function corrupt(models: string, version: string): Promise<void> {
  const file = path.join(models, version, treesFile);
  const bytes = await readFile(file);
  bytes[bytes.length - 1] ^= 1;
  await writeFile(file, bytes);
}
