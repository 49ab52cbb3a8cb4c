export { datatypeOf } from './datatypes.ts';
export { v2Routes } from './routes.ts';
