import { basename, dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Model } from '@hearth/artifact';
import { isVersionName, openRegistry, RegistryError } from '@hearth/artifact/store';
import type { Observe } from '../observe.ts';
import { createAnswerers } from '../predict/answerer.ts';
import { keepPast } from '../routes/status.ts';
import { withoutPaths } from '../server/paths.ts';
import { Problem } from '../server/problem.ts';
import { createLoader, createServing, keepServing, type Serving, serveFixed } from '../serving/index.ts';
import { namesIn, unknownModel } from './names.ts';
import { holdResidents } from './residents.ts';
import type { Served } from './served.ts';
import type { ModelsSettings } from './settings.ts';

/** Milliseconds after which a version that could not be loaded is tried again, if it is asked; as `Retry-After` of NO_MODEL says. */
const retryAfter = 5000;

export interface ModelsOptions {
  /** Folder with a folder per model. */
  models: string;
  /** Serves the default model. */
  main: Serving;
  settings: ModelsSettings;
  /** Seconds for which a request waits for its model. */
  patience: number;
  observe?: Observe;
  /** Called before a model is loaded. */
  follow(serving: Serving, name: string): void;
  /** A loading thread that is already running. */
  loadThread?: Worker;
}

/** A model as `GET /models` lists it. */
export interface ListedModel {
  name: string;
  default: boolean;
  state: 'ok' | 'degraded' | 'down' | 'idle';
  /** The version that serves; of an idle model the one in production. */
  version?: string;
  since?: string;
  /** What is refused. */
  reason?: string;
}

/** All models of a folder. The default one is always in memory; any other is loaded when it is first asked for. */
export interface Models {
  readonly main: Served;
  /** The model called so. Its `serving` throws if no version of it can answer. @throws Problem UNKNOWN_MODEL */
  named(name: string): Served | Promise<Served>;
  /** A published version of it, in production or not. @throws Problem UNKNOWN_MODEL */
  version(name: string, version: string): Served | Promise<Served>;
  list(): Promise<ListedModel[]>;
  /** One of the list. @throws Problem UNKNOWN_MODEL */
  state(name: string): Promise<ListedModel>;
  /** The models in memory without versions by themselves, the default one first. */
  inMemory(): Iterable<readonly [name: string | undefined, serving: Serving]>;
  /** The name of the default model, once it is known. */
  mainName(): string | undefined;
  close(): Promise<void>;
}

export function createModels(options: ModelsOptions): Models {
  const { models, main: serving, settings, patience, observe, follow, loadThread } = options;
  const serve = (each: Serving): Served => ({
    serving: each,
    answerers: createAnswerers(each, observe),
    past: keepPast(each),
  });
  const main = serve(serving);
  const names = namesIn(models);
  const residents = holdResidents({ ...settings, patience });
  // apart from the default model's: a load that hangs must not keep its next version waiting
  const loader = createLoader(loadThread);

  const mainName = (): string | undefined => {
    if (serving.folder !== undefined) return basename(serving.folder);
    return serving.since === undefined ? undefined : serving.model().manifest.name;
  };
  /** Without a registry, as where a service unpacks a version alone, there are no others. */
  const isAlone = (): boolean =>
    settings.most === 0 || (serving.since !== undefined && serving.folder === undefined);

  async function allNames(): Promise<readonly string[]> {
    const own = mainName();
    if (isAlone()) return own === undefined ? [] : [own];
    return names.list();
  }

  async function assertKnown(name: string): Promise<void> {
    if (name === mainName() || (!isAlone() && (await names.has(name)))) return;
    throw new Problem('UNKNOWN_MODEL', unknownModel(name, await allNames()));
  }

  async function load(name: string): Promise<Served> {
    await assertKnown(name);
    const present = residents.get(name); // another request was first
    if (present) return present;
    const following = createServing({ models, model: name, loader });
    follow(following, name);
    return residents.add(name, serve(following));
  }

  async function loadVersion(name: string, version: string): Promise<Served> {
    await assertKnown(name);
    const folder = name === mainName() ? serving.folder : join(models, name);
    if (folder === undefined || isAlone() || !isVersionName(version)) throw unknownVersion(version);
    await assertMayServe(folder, version);
    const key = `${name}/${version}`;
    const present = residents.get(key);
    if (present) return present;
    const path = join(folder, version);
    const fixed = serveFixed({ load: () => loader.load(path), models, version, folder });
    follow(fixed, name);
    const served = serve(fixed);
    // nobody watches its files: what cannot be loaded is tried again for a later request
    fixed.events.on('refusal', () => setTimeout(() => residents.forget(key, served), retryAfter).unref());
    return residents.add(key, served);
  }

  /** By model, so that a swap between two steps of a request does not change its version. */
  const kept = new WeakMap<Model, Served>();
  function keptOf({ serving, past }: Served): Served {
    const model = serving.model();
    let served = kept.get(model);
    if (!served) {
      const fixed = keepServing(serving);
      served = { serving: fixed, answerers: createAnswerers(fixed, observe), past };
      kept.set(model, served);
    }
    return served;
  }

  async function stateOf(name: string): Promise<ListedModel> {
    const isMain = name === mainName();
    const present = isMain ? main : residents.peek(name);
    if (present) return { name, default: isMain, ...liveState(present.serving) };
    const { version, fault } = await openRegistry(join(models, name)).intended();
    if (version !== undefined) return { name, default: false, state: 'idle', version };
    return {
      name,
      default: false,
      state: 'down',
      ...(fault && { reason: withoutPaths(fault.message, models) }),
    };
  }

  return {
    main,
    mainName,
    named: (name) => (name === mainName() ? main : (residents.get(name) ?? load(name))),
    version(name, version) {
      if (version === 'production') return this.named(name);
      const now = name === mainName() ? main : residents.peek(name);
      if (now?.serving.since !== undefined && now.serving.model().version === version) {
        residents.get(name); // it is used
        return keptOf(now);
      }
      return residents.get(`${name}/${version}`) ?? loadVersion(name, version);
    },
    async state(name) {
      await assertKnown(name);
      return stateOf(name);
    },
    list: async () => Promise.all((await allNames()).map(stateOf)),
    *inMemory() {
      yield [mainName(), serving] as const;
      for (const [key, each] of residents.entries())
        if (!key.includes('/')) yield [key, each.serving] as const;
    },
    async close() {
      await residents.close();
      await loader.close();
    },
  };
}

function liveState(serving: Serving): Pick<ListedModel, 'state' | 'version' | 'since' | 'reason'> {
  const { since, refusals } = serving;
  const reason = refusals[0]?.reason;
  if (since === undefined) return { state: 'down', ...(reason !== undefined && { reason }) };
  const { version } = serving.model();
  return {
    state: refusals.length > 0 ? 'degraded' : 'ok',
    version,
    since,
    ...(reason !== undefined && { reason }),
  };
}

/** A published version, unless the gate refused it and nobody promoted it since. @throws Problem UNKNOWN_MODEL, NO_MODEL */
async function assertMayServe(folder: string, version: string): Promise<void> {
  const registry = openRegistry(folder);
  try {
    await registry.find(version);
    const entries = await registry.journal();
    const last = entries.findLast(
      (entry) => entry.version === version && (entry.action === 'refuse' || entry.action === 'promote'),
    );
    if (last?.action !== 'refuse') return;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const code = error.code === 'UNKNOWN_VERSION' ? 'UNKNOWN_MODEL' : 'NO_MODEL';
    throw new Problem(code, withoutPaths(error.message, dirname(folder)));
  }
  throw new Problem(
    'UNKNOWN_MODEL',
    `the gate refused version ${version}, so that it does not answer; hearth promote ${version} tells why`,
  );
}

function unknownVersion(version: string): Problem {
  const shown = JSON.stringify(version.length > 60 ? `${version.slice(0, 60)}…` : version);
  return new Problem(
    'UNKNOWN_MODEL',
    `there is no version ${shown}; a version has a name such as 3-8f1c2a9, as hearth list shows it`,
  );
}
