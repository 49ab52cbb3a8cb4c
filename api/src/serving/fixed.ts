import { EventEmitter } from 'node:events';
import { withoutPaths } from '../server/paths.ts';
import { Problem } from '../server/problem.ts';
import type { LoadError, LoadedModel } from './loader.ts';
import type { Refusal, Serving, ServingEvents } from './serving.ts';

export interface FixedVersion {
  /** @throws LoadError */
  load(): Promise<LoadedModel>;
  /** Clients see paths from this folder on. */
  models: string;
  /** The name of the version, where it is known before it is loaded. */
  version?: string;
  /** The folder of its registry, if it is in one. */
  folder?: string;
}

/** Serves one version, which is never replaced. */
export function serveFixed({ load, models, version, folder }: FixedVersion): Serving {
  const events = new EventEmitter<ServingEvents>();
  let loaded: LoadedModel | undefined;
  let since: string | undefined;
  let refusals: Refusal[] = [];
  let started: Promise<void> | undefined;

  async function start(): Promise<void> {
    try {
      loaded = await load();
      since = new Date().toISOString();
      events.emit('swap', { version: loaded.model.version });
    } catch (error) {
      const { message, check } = error as LoadError;
      const reason = withoutPaths(message, models);
      const refusal: Refusal = { part: 'version', version, check, reason, time: new Date().toISOString() };
      refusals = [refusal];
      events.emit('refusal', refusal, message);
    }
  }

  return {
    events,
    folder,
    previous: undefined,
    model() {
      if (!loaded) throw new Problem('NO_MODEL', refusals[0]?.reason ?? 'it is being loaded');
      return loaded.model;
    },
    get since() {
      return since;
    },
    get published() {
      return loaded?.published;
    },
    get refusals() {
      return refusals;
    },
    start: () => {
      started ??= start();
      return started;
    },
    async close() {},
  };
}

/** Serves the version that serves now, also after it is swapped. @throws Problem NO_MODEL */
export function keepServing(serving: Serving): Serving {
  const model = serving.model();
  const { since, published, folder } = serving;
  return {
    events: new EventEmitter<ServingEvents>(),
    model: () => model,
    since,
    published,
    folder,
    previous: undefined,
    refusals: [],
    async start() {},
    async close() {},
  };
}
