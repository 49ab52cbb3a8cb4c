import { type LocatedModel, listModels, locateModel as locate, RegistryError } from '@hearth/artifact/store';
import { ConfigError } from '../server/config-error.ts';

/**
 * For the start of a program: a mistyped setting ends it. A folder without any model is right, since the first one may be promoted later.
 * @throws ConfigError for a folder that does not exist, or a name that none of its models has
 */
export async function assertModels(models: string, name?: string): Promise<void> {
  const names = await listModels(models).catch((error): string[] => {
    if (error instanceof RegistryError)
      throw new ConfigError(`MODELS is "${models}", which is not a folder; name the folder with the models`);
    return []; // it may become readable: the server starts, and reports it
  });
  if (name !== undefined && names.length > 0 && !names.includes(name))
    throw new ConfigError(`MODEL is "${name}", but ${models} has ${names.join(', ')}; name one of these`);
}

/** The folder of the model that a server with these settings serves. */
export async function locateModel(models: string, name?: string): Promise<LocatedModel> {
  try {
    return await locate(models, name);
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'SEVERAL_MODELS')) throw error;
    throw new Error(`${error.message}; set MODEL to one of them`, { cause: error });
  }
}
