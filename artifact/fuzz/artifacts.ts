import { join } from 'node:path';
import { findModel, openRegistry, type PackedArtifact, readArtifact } from '@hearth/artifact/store';
import { tinyArtifact, tinyArtifactWithInterval } from '@hearth/artifact/testing';

/** What is mutated: mostly tiny models, on which a check does the same and is fast, and the real one in production. */
export async function fuzzedArtifacts(): Promise<PackedArtifact[]> {
  const folder = await findModel(join(import.meta.dirname, '../../models'));
  const real = await readArtifact(join(folder, await openRegistry(folder).production()));
  const tiny = [tinyArtifact(), tinyArtifactWithInterval()];
  return [...Array.from({ length: 6 }, () => tiny).flat(), real];
}
