import { join } from 'node:path';
import { setAlias } from '@hearth/api/testing';
import { openRegistry, packArtifact, type Registry } from '@hearth/artifact/store';
import { goodModel } from '../soak/good-models.ts';

/** A model with two versions, which the soak puts into production by turns. */
export interface TwoVersions {
  name: string;
  registry: Registry;
  /** By version: the answer to each row of the soak. */
  answers: ReadonlyMap<string, readonly number[]>;
  /** Puts the other version into production. */
  swap(): Promise<void>;
}

/** Makes a folder of models, each of which answers every row differently. */
export async function makeModels(folder: string, count: number): Promise<TwoVersions[]> {
  const models: TwoVersions[] = [];
  for (let i = 0; i < count; i++) models.push(await makeModel(folder, `model-${i}`, 2 * i));
  return models;
}

async function makeModel(folder: string, name: string, seed: number): Promise<TwoVersions> {
  const registry = openRegistry(join(folder, name));
  const answers = new Map<string, readonly number[]>();
  for (const each of [seed, seed + 1]) {
    const { draft, forest, answers: known } = goodModel(each);
    const { version } = await registry.publish(packArtifact({ ...draft, name }, { forest }));
    answers.set(version, known);
  }
  const versions = [...answers.keys()];
  let turn = 0;
  const swap = () => setAlias(registry, versions[turn++ % 2]);
  await swap();
  return { name, registry, answers, swap };
}
