import type { Answerers } from '../predict/answerer.ts';
import type { Past } from '../routes/status.ts';
import type { Serving } from '../serving/index.ts';

/** A model in memory: what serves it, and what answers by it. */
export interface Served {
  serving: Serving;
  answerers: Answerers;
  past: Past;
}
