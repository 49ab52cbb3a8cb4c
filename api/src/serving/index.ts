export { createServing, type Refusal, type Serving } from './serving.ts';
