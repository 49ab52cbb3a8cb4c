import { findModel, RegistryError } from '@hearth/artifact/store';

/** The folder of the model that `name` names in a folder of models; without a name, of the only one there. */
export async function locateModel(models: string, name?: string): Promise<string> {
  try {
    return await findModel(models, name);
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'SEVERAL_MODELS')) throw error;
    throw new Error(`${error.message}: name it in MODEL`, { cause: error });
  }
}
