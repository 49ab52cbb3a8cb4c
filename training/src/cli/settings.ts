/** The folder of the models, by the same variable as the server's. `HEARTH_MODELS`, its earlier name, still works. */
export const modelsFolder = (env = process.env): string => env.HEARTH_MODELS || env.MODELS || 'models';

/** The model that is meant where there are several. `HEARTH_MODEL`, the earlier name, still works. */
export const modelName = (env = process.env): string | undefined =>
  env.HEARTH_MODEL || env.MODEL || undefined;
