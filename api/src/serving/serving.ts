import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Model, RefusedVersion } from '@hearth/artifact';
import { type LocatedModel, openRegistry, type Registry } from '@hearth/artifact/store';
import type { FastifyRequest } from 'fastify';
import { withoutPaths } from '../server/paths.ts';
import { Problem } from '../server/problem.ts';
import { createLoader, type LoadError, type Loader } from './loader.ts';
import { locateModel } from './locate.ts';
import { folderSignature } from './signature.ts';
import { warmUp } from './warm-up.ts';
import { watchFolder } from './watch.ts';

/** Why the version in production does not serve, or why it is not known which one that is. */
export interface Refusal {
  /** What cannot be used: a version, aliases.json or the journal of its model, default.json, or the whole folder of models. */
  part: RefusedPart;
  /** Absent unless `part` is a version. */
  version?: string;
  /** The check that the artifact failed, where it could be read. */
  check?: string;
  /** Without absolute paths, since clients can read it. */
  reason: string;
  /** ISO 8601. */
  time: string;
}

export type RefusedPart = RefusedVersion['part'];

type Refuse = (part: RefusedPart, error: LoadError, version?: string) => void;

export interface ServingEvents {
  /** The loading thread starts to read and check a version. */
  load: [{ version: string }];
  /** Another model serves from now on. */
  swap: [{ version: string; previous?: string }];
  /** Something was refused; sent once for each reason. The second argument is the reason with full paths, for the log. */
  refusal: [Refusal, reason: string];
  /** The first model of this process serves, and something was refused: it may not be the version in production. */
  degraded: [{ version: string; refusals: readonly Refusal[] }];
  /** The system sends no file events: changes are found by polling only. */
  blind: [Error];
}

/** The model that this process serves. */
export interface Serving {
  /** The model for one whole request; the next call may return another one. @throws Problem NO_MODEL */
  model(): Model;
  /** When this process began to serve it, ISO 8601; absent while no model serves. */
  readonly since?: string;
  /** When it was published, ISO 8601, if the journal has it. */
  readonly published?: string;
  /** The version that this process served before. */
  readonly previous?: string;
  /** What is refused now, the most serious first. Meanwhile the last good model serves, or an earlier version. */
  readonly refusals: readonly Refusal[];
  /** The folder of the registry, once it is known. */
  readonly folder?: string;
  readonly events: EventEmitter<ServingEvents>;
  /** Starts to follow the alias; resolves when the version that it names serves or is refused. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** What serves the model that a request is for. */
export type ServingOf = (request: FastifyRequest) => Serving;

export interface ServingOptions {
  /** Folder with a folder per model. */
  models: string;
  /** Name of the model to serve, where the folder has several. */
  model?: string;
  /** Milliseconds between two looks at the registry, for systems without file events. */
  pollEvery?: number;
  /** A loading thread that is already running. */
  loadThread?: Worker;
  /** Loads in place of a loading thread of its own; its creator closes it. */
  loader?: Pick<Loader, 'load'>;
}

interface Live {
  model: Model;
  /** Folder of the version. */
  path: string;
  since: string;
  published?: string;
}

/**
 * Serves the version that the alias names. If that version cannot serve, the one before goes on, and after a restart the last version
 * that the journal has in production.
 */
export function createServing(options: ServingOptions): Serving {
  const { models, model: name, pollEvery = 1000, loadThread } = options;
  const own = options.loader ? undefined : createLoader(loadThread);
  const loader = own ?? (options.loader as Pick<Loader, 'load'>);
  const events = new EventEmitter<ServingEvents>();
  let located: LocatedModel | undefined;
  let live: Live | undefined;
  /** Whether `live` was chosen from the journal, without aliases.json; later changes of the journal then count too. */
  let isStandIn = false;
  let previous: string | undefined;
  let refusals: Refusal[] = [];
  /** By path of a version: the signature of its files when they were last loaded, and why they were refused. */
  const tried = new Map<string, { seen: string; error?: LoadError }>();
  let closed = false;

  /** Loads the version in production, unless its files were tried before; if no model serves yet, earlier versions too. */
  async function follow(): Promise<void> {
    const started = live !== undefined;
    const found = new Map<Refusal, string>();
    const refuse: Refuse = (part, { message, check }, version) => {
      const remedy = version ? `; restore its files, or run hearth rollback or hearth promote VERSION` : '';
      const reason = withoutPaths(message, models) + remedy;
      found.set({ part, version, check, reason, time: new Date().toISOString() }, message + remedy);
    };
    try {
      await serveIntended(refuse);
    } catch (error) {
      refuse('models', error as LoadError);
    }
    if (closed) return;
    report(found);
    if (!started && live && refusals.length > 0) {
      events.emit('degraded', { version: live.model.version, refusals });
    }
  }

  async function serveIntended(refuse: Refuse): Promise<void> {
    if (!live || located?.fault) located = await locateModel(models, name);
    const { folder, fault: defaultFault } = located as LocatedModel;
    if (defaultFault) refuse('default', defaultFault);
    const registry = openRegistry(folder);
    const { version, fault } = await registry.intended();
    if (fault) refuse('aliases', fault);
    if (version !== undefined && (!fault || !live || isStandIn)) {
      if (await serve(registry, version, refuse)) isStandIn = fault !== undefined;
    }
    if (live) return;
    isStandIn = true;
    const standIns = await registry.standIns().catch((error) => {
      refuse('journal', error);
      return [];
    });
    for (const each of standIns) if (await serve(registry, each, refuse)) return;
  }

  /** @returns whether the version serves now */
  async function serve({ folder }: Registry, version: string, refuse: Refuse): Promise<boolean> {
    const path = join(folder, version);
    const seen = await folderSignature(path); // before loading, so that a change during the load is tried again
    const last = tried.get(path);
    const isSame = last?.seen === seen;
    try {
      if (isSame && last.error) throw last.error;
      if (!isSame || path !== live?.path) await load(path, version);
      tried.set(path, { seen });
      return true;
    } catch (error) {
      // without a check the files could not be read, which may work next time
      if ((error as LoadError).check === undefined) tried.delete(path);
      else tried.set(path, { seen, error: error as LoadError });
      refuse('version', error as LoadError, version);
      return false;
    }
  }

  async function load(path: string, version: string): Promise<void> {
    const loading = loader.load(path);
    events.emit('load', { version });
    const { model, published } = await loading;
    if (path === live?.path) return; // its files were touched, but are still sound
    if (live) await warmUp(model); // meanwhile the model before answers
    previous = live?.model.version;
    live = { model, path, published, since: new Date().toISOString() };
    events.emit('swap', { version, previous });
  }

  /** Keeps the refusals, and reports those that are new. */
  function report(found: ReadonlyMap<Refusal, string>): void {
    const before = refusals;
    const known = ({ reason, version }: Refusal) =>
      before.find((each) => each.reason === reason && each.version === version);
    refusals = [...found.keys()].map((refusal) => known(refusal) ?? refusal);
    for (const [refusal, message] of found) if (!known(refusal)) events.emit('refusal', refusal, message);
  }

  const watch = watchFolder(() => located?.folder, follow, {
    pollEvery,
    blind: (error) => events.emit('blind', error),
  });

  return {
    events,
    model() {
      if (!live) throw new Problem('NO_MODEL', refusals[0]?.reason ?? 'it is being loaded');
      return live.model;
    },
    get since() {
      return live?.since;
    },
    get published() {
      return live?.published;
    },
    get previous() {
      return previous;
    },
    get refusals() {
      return refusals;
    },
    get folder() {
      return located?.folder;
    },
    start: watch.look,
    async close() {
      closed = true;
      watch.close();
      await own?.close();
    },
  };
}
