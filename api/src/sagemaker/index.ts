export { serveBare } from './bare-serving.ts';
export { sagemakerEnvironment } from './environment.ts';
export { sagemakerRoutes } from './routes.ts';
