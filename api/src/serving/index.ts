export { createServing, type Refusal, type Serving, type ServingOptions } from './serving.ts';
