import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Model } from '@hearth/artifact';
import { openRegistry } from '@hearth/artifact/store';
import { withoutPaths } from '../paths.ts';
import { Problem } from '../problem.ts';
import { createLoader, type LoadError } from './loader.ts';
import { locateModel } from './locate.ts';
import { fileSignature, folderSignature } from './signature.ts';
import { warmUp } from './warm-up.ts';
import { watchFolder } from './watch.ts';

/** Why what the alias names does not serve. */
export interface Refusal {
  /** Absent where the alias names no version. */
  version?: string;
  /** The check that the artifact did not pass, where it was read. */
  check?: string;
  /** Without absolute paths: clients are told. */
  reason: string;
  /** ISO 8601. */
  time: string;
}

export interface ServingEvents {
  /** A version is being read and checked, in a thread of its own. */
  load: [{ version: string }];
  /** Another model serves from now on. */
  swap: [{ version: string; previous?: string }];
  /** What the alias names does not serve; told once for each reason, which for the log is complete. */
  refusal: [Refusal, reason: string];
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
  /** Why what the alias names is not what serves. */
  readonly refusal?: Refusal;
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
  since: string;
  published?: string;
}

/** Serves what the alias names, and when that cannot serve, what served before. */
export function createServing(options: ServingOptions): Serving {
  const { models, model: name, pollEvery = 1000, loadThread } = options;
  const loader = createLoader(loadThread);
  const events = new EventEmitter<ServingEvents>();
  let folder: string | undefined;
  let live: Live | undefined;
  let previous: string | undefined;
  let refusal: Refusal | undefined;
  /** What the files looked like when they were last tried. */
  let tried: string | undefined;
  let closed = false;

  /** Tries what the alias names, unless it is what was tried last. */
  async function follow(): Promise<void> {
    let version: string | undefined;
    try {
      folder ??= await locateModel(models, name);
      const alias = await fileSignature(join(folder, 'aliases.json'));
      version = await openRegistry(folder).production();
      const seen = `${alias}\n${version}\n${await folderSignature(join(folder, version))}`;
      if (seen === tried) return;
      tried = seen; // before it is read: a change from now on is another look
      await load(join(folder, version), version);
      refusal = undefined;
    } catch (error) {
      if (!closed) refuse(error as LoadError, version);
    }
  }

  async function load(from: string, version: string): Promise<void> {
    const loading = loader.load(from);
    events.emit('load', { version });
    const { model, published } = await loading;
    if (version === live?.model.version) return; // its files were touched, and are still what they have to be
    if (live) await warmUp(model); // nobody waits for it: the one before answers
    previous = live?.model.version;
    live = { model, published, since: new Date().toISOString() };
    events.emit('swap', { version, previous });
  }

  function refuse({ message, check }: LoadError, version?: string): void {
    if (check === undefined) tried = undefined; // what could not be read may be readable the next time
    const reason = withoutPaths(message, models);
    if (refusal?.reason === reason && refusal.version === version) return;
    refusal = { version, check, reason, time: new Date().toISOString() };
    events.emit('refusal', refusal, message);
  }
  const watch = watchFolder(() => folder, follow, {
    pollEvery,
    blind: (error) => events.emit('blind', error),
  });

  return {
    events,
    model() {
      if (!live) throw new Problem('NO_MODEL', refusal?.reason ?? 'it is being loaded');
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
    get refusal() {
      return refusal;
    },
    start: watch.look,
    async close() {
      closed = true;
      watch.close();
      await loader.close();
    },
  };
}
