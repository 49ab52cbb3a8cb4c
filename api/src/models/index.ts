export { createModels, type Models } from './models.ts';
export { modelsRoutes } from './routes.ts';
export type { Served } from './served.ts';
export { type ModelsSettings, modelsDefaults } from './settings.ts';
