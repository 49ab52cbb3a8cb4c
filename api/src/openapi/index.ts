export { exampleRow, leastRow } from './columns.ts';
export { openApiRoutes } from './document.ts';
export { exampleInference } from './v2-paths.ts';
