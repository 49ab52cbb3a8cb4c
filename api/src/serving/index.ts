export { keepServing, serveFixed } from './fixed.ts';
export { createLoader } from './loader.ts';
export { assertModels } from './locate.ts';
export { logServing } from './log.ts';
export {
  createServing,
  type Refusal,
  type RefusedPart,
  type Serving,
  type ServingOf,
} from './serving.ts';
export { warmUp } from './warm-up.ts';
