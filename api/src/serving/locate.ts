import { type LocatedModel, locateModel as locate, RegistryError } from '@hearth/artifact/store';

/** The folder of the model that a server with these settings answers with. */
export async function locateModel(models: string, name?: string): Promise<LocatedModel> {
  try {
    return await locate(models, name);
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'SEVERAL_MODELS')) throw error;
    throw new Error(`${error.message}: name it in MODEL`, { cause: error });
  }
}
