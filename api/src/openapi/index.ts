export { exampleRow, leastRow } from './columns.ts';
export { csvOf, ndjsonOf } from './examples.ts';
export { openApiRoutes } from './routes.ts';
export { exampleInference } from './v2-paths.ts';
