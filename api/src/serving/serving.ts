import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Model, RefusedVersion } from '@hearth/artifact';
import { type LocatedModel, openRegistry, type Registry } from '@hearth/artifact/store';
import { withoutPaths } from '../server/paths.ts';
import { Problem } from '../server/problem.ts';
import { createLoader, type LoadError } from './loader.ts';
import { locateModel } from './locate.ts';
import { folderSignature } from './signature.ts';
import { warmUp } from './warm-up.ts';
import { watchFolder } from './watch.ts';

/** Why what is meant to be in production does not serve, or is not known. */
export interface Refusal {
  /** What cannot be used: a version, aliases.json or the journal of its model, default.json beside the models, or all of them. */
  part: RefusedPart;
  /** Absent where it is not about a version. */
  version?: string;
  /** The check that the artifact did not pass, where it was read. */
  check?: string;
  /** Without absolute paths: clients are told. */
  reason: string;
  /** ISO 8601. */
  time: string;
}

export type RefusedPart = RefusedVersion['part'];

type Refuse = (part: RefusedPart, error: LoadError, version?: string) => void;

export interface ServingEvents {
  /** A version is being read and checked, in a thread of its own. */
  load: [{ version: string }];
  /** Another model serves from now on. */
  swap: [{ version: string; previous?: string }];
  /** What is meant to be in production does not serve, or is not known; told once for each reason, which for the log is complete. */
  refusal: [Refusal, reason: string];
  /** The first model to serve in this process is not certainly the one that is meant to be in production. */
  degraded: [{ version: string; refusals: readonly Refusal[] }];
  /** The system sends no events of the folder: changes are seen by polling alone. */
  blind: [Error];
}

/** What this process answers with. */
export interface Serving {
  /** The model to answer a whole request with; the next call may give another one. @throws Problem NO_MODEL */
  model(): Model;
  /** When this process began to serve it, ISO 8601. */
  readonly since?: string;
  /** When it was published, ISO 8601, where the journal says so. */
  readonly published?: string;
  /** The version that this process served before. */
  readonly previous?: string;
  /** What is refused now, the gravest first; what serves meanwhile is the last good model, or one that stands in. */
  readonly refusals: readonly Refusal[];
  /** The folder of the registry that it follows, once that is known. */
  readonly folder?: string;
  readonly events: EventEmitter<ServingEvents>;
  /** Begins to follow the alias, once; resolves when what it names serves or is refused. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export interface ServingOptions {
  /** Folder with a folder per model. */
  models: string;
  /** Which model, where there are several. */
  model?: string;
  /** Milliseconds after which a change is seen where the system sends no events. */
  pollEvery?: number;
  /** The thread to load in, where one was started before. */
  loadThread?: Worker;
}

interface Live {
  model: Model;
  /** The folder of its version. */
  path: string;
  since: string;
  published?: string;
}

/** Serves what the alias names, and when that cannot serve, what served before, here or, after a restart, by the journal. */
export function createServing(options: ServingOptions): Serving {
  const { models, model: name, pollEvery = 1000, loadThread } = options;
  const loader = createLoader(loadThread);
  const events = new EventEmitter<ServingEvents>();
  let located: LocatedModel | undefined;
  let live: Live | undefined;
  /** Whether `live` was chosen without aliases.json: then what the journal says is followed on. */
  let standsIn = false;
  let previous: string | undefined;
  let refusals: Refusal[] = [];
  /** What the files of versions looked like when they were last tried, and why they were refused. */
  const tried = new Map<string, { seen: string; error?: LoadError }>();
  let closed = false;

  /** Tries what is meant to be in production, unless it was tried as it is now; without a model, also what may stand in for it. */
  async function follow(): Promise<void> {
    const started = live !== undefined;
    const found = new Map<Refusal, string>();
    const refuse: Refuse = (part, { message, check }, version) => {
      const reason = withoutPaths(message, models);
      found.set({ part, version, check, reason, time: new Date().toISOString() }, message);
    };
    try {
      await serveIntended(refuse);
    } catch (error) {
      refuse('models', error as LoadError);
    }
    if (closed) return;
    tell(found);
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
    if (version !== undefined && (!fault || !live || standsIn)) {
      if (await serve(registry, version, refuse)) standsIn = fault !== undefined;
    }
    if (live) return;
    standsIn = true;
    const standIns = await registry.standIns().catch((error) => {
      refuse('journal', error);
      return [];
    });
    for (const each of standIns) if (await serve(registry, each, refuse)) return;
  }

  /** @returns whether the version serves now */
  async function serve({ folder }: Registry, version: string, refuse: Refuse): Promise<boolean> {
    const path = join(folder, version);
    const seen = await folderSignature(path); // before it is read: a change from now on is another look
    const last = tried.get(path);
    const isSame = last?.seen === seen;
    try {
      if (isSame && last.error) throw last.error;
      if (!isSame || path !== live?.path) await load(path, version);
      tried.set(path, { seen });
      return true;
    } catch (error) {
      // what could not be read may be readable the next time
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
    if (path === live?.path) return; // its files were touched, and are still what they have to be
    if (live) await warmUp(model); // nobody waits for it: the one before answers
    previous = live?.model.version;
    live = { model, path, published, since: new Date().toISOString() };
    events.emit('swap', { version, previous });
  }

  /** Tells of what was not refused before. */
  function tell(found: ReadonlyMap<Refusal, string>): void {
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
      await loader.close();
    },
  };
}
