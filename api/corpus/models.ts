import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openRegistry, type PackedArtifact } from '@hearth/artifact/store';
import { tinyArtifactWithInterval } from '@hearth/artifact/testing';
import { kindsArtifact, numberArtifact, setAlias } from '../testing/models.ts';

const published = join(import.meta.dirname, '../../models/heart');

/** Each puts a model of one kind into production in a folder that is empty. @returns the version's folder */
export const corpusModels: Record<string, (models: string) => Promise<string>> = {
  'heart-interval': (models) => copyHeart(models, '2-ea09fb3'),
  'heart-age': (models) => copyHeart(models, '1-76f3b37'),
  tiny: (models) => publish(models, tinyArtifactWithInterval()),
  number: (models) => publish(models, numberArtifact()),
  kinds: (models) => publish(models, kindsArtifact()),
};

async function copyHeart(models: string, version: string): Promise<string> {
  const folder = join(models, 'heart');
  await mkdir(folder);
  await cp(join(published, version), join(folder, version), { recursive: true });
  await setAlias(openRegistry(folder), version);
  return join(folder, version);
}

async function publish(models: string, artifact: PackedArtifact): Promise<string> {
  const registry = openRegistry(join(models, 'tiny'));
  const { version } = await registry.publish(artifact);
  await registry.promote(version);
  return join(registry.folder, version);
}
