import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { didYouMean, someOf } from '../columns/similar.ts';
import { registryError } from './errors.ts';

/** The names that a manifest may give its model; the folder of a version has no such name. */
const modelName = /^[a-z][a-z0-9-]{0,62}$/;

/** The names of the models in a folder. @throws RegistryError NO_FOLDER */
export async function listModels(models: string): Promise<string[]> {
  const names = await readdir(models).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' || error.code === 'ENOTDIR'
      ? registryError('NO_FOLDER', models, error)
      : error;
  });
  const isModel = await Promise.all(names.map((name) => hasModel(models, name)));
  return names.filter((_, i) => isModel[i]).sort();
}

/** Whether a folder holds a model called so, which may be any text. */
export const hasModel = async (models: string, name: string): Promise<boolean> =>
  modelName.test(name) &&
  stat(join(models, name)).then(
    (entry) => entry.isDirectory(),
    () => false, // a broken link must not keep the other models from serving
  );

/** The folder of the model called `name`, or of the only one; `locateModel` also looks at the default. @throws RegistryError naming the models there are */
export async function findModel(models: string, name?: string): Promise<string> {
  const names = await listModels(models);
  if (name !== undefined) {
    if (!names.includes(name))
      throw registryError('UNKNOWN_MODEL', models, name, someOf(names) + didYouMean(name, names));
    return join(models, name);
  }
  if (names.length > 1) throw registryError('SEVERAL_MODELS', models, someOf(names));
  if (names.length === 0) throw registryError('NO_MODEL', models);
  return join(models, names[0]);
}
