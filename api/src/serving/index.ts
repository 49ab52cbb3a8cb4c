export { logServing } from './log.ts';
export { createServing, type Refusal, type Serving, type ServingEvents } from './serving.ts';
