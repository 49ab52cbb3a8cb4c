import { existsSync } from 'node:fs';

/** The folder of the models, by the same variable as the server's. `HEARTH_MODELS`, its earlier name, still works. */
export const modelsFolder = (env = process.env): string => env.HEARTH_MODELS || env.MODELS || 'models';

/** The model that is meant where there are several. `HEARTH_MODEL`, the earlier name, still works. */
export const modelName = (env = process.env): string | undefined =>
  env.HEARTH_MODEL || env.MODEL || undefined;

const ownData = 'data/datapackage.json';

/** The data package of a repository with one model, as `hearth new` makes it; otherwise that of Hearth's own example. */
export const defaultData = (): string => (existsSync(ownData) ? ownData : 'data/heart/datapackage.json');
