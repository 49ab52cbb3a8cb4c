import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { registryError } from './errors.ts';

/** What a manifest may call its model; a version's folder has no such name. */
const modelName = /^[a-z][a-z0-9-]{0,62}$/;

/** Names of the models in a folder with a folder per model. @throws RegistryError NO_FOLDER */
export async function listModels(models: string): Promise<string[]> {
  const names = await readdir(models).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? registryError('NO_FOLDER', models, error)
      : error;
  });
  const shown = names.filter((name) => modelName.test(name)).sort();
  const isFolder = await Promise.all(
    shown.map((name) =>
      stat(join(models, name)).then(
        (entry) => entry.isDirectory(),
        () => false, // a link that leads nowhere must not keep the models beside it from serving
      ),
    ),
  );
  return shown.filter((_, i) => isFolder[i]);
}

/** The folder of the model called `name`, or of the only one there is; `locateModel` knows the default. @throws RegistryError naming those there are. */
export async function findModel(models: string, name?: string): Promise<string> {
  const names = await listModels(models);
  if (name !== undefined) {
    if (!names.includes(name)) throw registryError('UNKNOWN_MODEL', models, name, names.join(', '));
    return join(models, name);
  }
  if (names.length > 1) throw registryError('SEVERAL_MODELS', models, names.join(', '));
  if (names.length === 0) throw registryError('NO_MODEL', models);
  return join(models, names[0]);
}
