export { assertModels } from './locate.ts';
export { logServing } from './log.ts';
export {
  createServing,
  type Refusal,
  type RefusedPart,
  type Serving,
  type ServingEvents,
} from './serving.ts';
export { warmUp } from './warm-up.ts';
