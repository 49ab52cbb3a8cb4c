export { exampleRow, leastRow } from './columns.ts';
export { openApiRoutes } from './routes.ts';
export { exampleInference } from './v2-paths.ts';
