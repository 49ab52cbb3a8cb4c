export { readJsonBodies } from './json-body.ts';
export { predictRoutes } from './routes.ts';
