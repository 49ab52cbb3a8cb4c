import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry, type PackedArtifact, type Registry } from '@hearth/artifact/store';
import { tinyArtifact } from '@hearth/artifact/testing';

/** An empty folder of models, for a test. */
export async function modelsFolder() {
  const models = await mkdtemp(join(tmpdir(), 'hearth-models-'));
  return {
    models,
    registry: openRegistry(join(models, 'tiny')),
    remove: () => rm(models, { recursive: true, force: true }),
  };
}

/** Publishes the tiny model with `more` added to every answer. @returns the version */
export async function publishTiny(registry: Registry, more = 0): Promise<string> {
  const artifact = tinyArtifact((draft) => {
    draft.answer.base = Number(draft.answer.base) + more * Number(draft.answer.divisor);
    for (const golden of draft.golden) golden.answer += more;
  });
  return (await registry.publish(artifact)).version;
}

/** Sets the alias to a version without any check. */
export async function setAlias({ folder }: Registry, version: string): Promise<void> {
  const temporary = join(folder, 'aliases.json.tmp');
  await writeFile(temporary, JSON.stringify({ production: version }));
  await rename(temporary, join(folder, 'aliases.json'));
}

/** Calls it again until it returns true. @throws if it does not within `milliseconds` */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not so after ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The tiny model with a numeric target. */
export function numberArtifact(): PackedArtifact {
  const one = { mean: 1, sd: 0 };
  return tinyArtifact((draft) => {
    draft.target = { name: 'height', type: 'numeric', unit: { en: 'cm', 'pt-BR': 'cm' } };
    draft.evaluation = {
      kind: 'value',
      method: draft.evaluation.method,
      model: { rmse: one, mae: one, r2: one },
      references: [],
      outOfFold: [],
    };
  });
}
