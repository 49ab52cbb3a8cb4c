export { createModels } from './models.ts';
export { modelsRoutes } from './routes.ts';
export { type ModelsSettings, modelsDefaults } from './settings.ts';
