import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Model } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { Problem } from './problem.ts';

/** What this process answers with. */
export interface Serving {
  /** The model in production. @throws Problem NO_MODEL when there is none. */
  model(): Model;
  /** When this process began to serve it, ISO 8601. */
  readonly since?: string;
  /** When it was published, ISO 8601, where the journal says so. */
  readonly published?: string;
  /** Why there is no model. */
  readonly refusal?: string;
}

/** Loads the model in production from a folder of models. What stands against it is kept as the refusal. */
export async function startServing(models: string, name?: string): Promise<Serving> {
  try {
    const registry = openRegistry(join(models, name ?? (await onlyModel(models))));
    const model = await registry.load(await registry.production());
    const published = (await registry.journal()).find(
      (entry) => entry.action === 'publish' && entry.version === model.version,
    );
    return { model: () => model, since: new Date().toISOString(), published: published?.time };
  } catch (error) {
    const refusal = (error as Error).message;
    return {
      refusal,
      model: () => {
        throw new Problem('NO_MODEL', refusal);
      },
    };
  }
}

async function onlyModel(models: string): Promise<string> {
  const entries = await readdir(models).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`there is no folder ${models}`, { cause: error }) : error;
  });
  const kinds = await Promise.all(entries.map((entry) => stat(join(models, entry))));
  const folders = entries.filter((_, i) => kinds[i].isDirectory());
  if (folders.length === 1) return folders[0];
  if (folders.length === 0) throw new Error(`${models} holds no model`);
  throw new Error(`${models} holds several models, ${folders.join(', ')}: name one in MODEL`);
}
