import type { Model } from '@hearth/artifact';
import server from '../../../package.json' with { type: 'json' };
import type { Limits } from '../admission/index.ts';
import type { Models, Served } from '../models/index.ts';
import type { Answerer } from '../predict/answerer.ts';
import { Problem } from '../server/problem.ts';
import { modelConfiguration } from './configuration.ts';
import { Fault } from './fault.ts';
import { type Inference, infer } from './infer.ts';
import { modelMetadata, serverMetadata } from './metadata.ts';
import type { InferenceRequest } from './request.ts';
import { createStatistics } from './statistics.ts';

/** A model as a client names it. No version, or `production`, is the one that serves. */
export interface Named {
  name: string;
  version?: string;
}

/** The protocol without its transport: HTTP and gRPC answer by the same functions. Each throws a Fault, or Problem NO_MODEL. */
export interface InferenceService {
  isReady(): boolean;
  /** Whether the model can answer; it is loaded for that. @throws Fault if there is no such model */
  isModelReady(named: Named): Promise<boolean>;
  serverMetadata(): ReturnType<typeof serverMetadata>;
  modelMetadata(named: Named): Promise<ReturnType<typeof modelMetadata>>;
  configuration(named: Named): Promise<ReturnType<typeof modelConfiguration>>;
  /** @param named all models in memory by default */
  statistics(named?: Named): Promise<object[]>;
  /** The models of the repository. */
  index(): Promise<{ name: string; version: string; state: string; reason: string }[]>;
  /** The answerer for one whole request; a promise where the model is not in memory yet. */
  answererOf(named: Named): Answerer | Promise<Answerer>;
  infer(
    answerer: Answerer,
    request: InferenceRequest,
    requestId: string,
    secondsLeft?: number,
  ): Promise<Inference>;
  /** What to answer to a request that would load or unload a model. */
  unloadable: Fault;
}

export interface ServiceOptions {
  models: Models;
  limits: Limits;
  isDraining(): boolean;
}

export function createService({ models, limits, isDraining }: ServiceOptions): InferenceService {
  const counted = createStatistics();
  const { serving, answerers: current } = models.main;
  const isReady = (): boolean => serving.since !== undefined && !isDraining();

  /** By its name, or by its folder's where it differs. */
  const isMain = (name: string): boolean =>
    serving.since !== undefined && name === serving.model().manifest.name;

  function servedOf({ name, version = '' }: Named): Served | Promise<Served> {
    const known = isMain(name) ? (models.mainName() as string) : name;
    return version === '' ? models.named(known) : models.version(known, version);
  }

  async function lateAnswererOf(named: Named): Promise<Answerer> {
    try {
      return (await servedOf(named)).answerers();
    } catch (error) {
      throw error instanceof Problem && error.status === 404 ? new Fault(error.message, 404) : error;
    }
  }

  const answererOf = (named: Named): Answerer | Promise<Answerer> =>
    isMain(named.name) && (!named.version || named.version === 'production')
      ? current()
      : lateAnswererOf(named);

  const modelOf = async (named: Named) => (await answererOf(named)).model;
  const statisticsOf = (model: Model) => ({
    name: model.manifest.name,
    version: model.version,
    ...counted.of(model),
  });

  return {
    isReady,
    async isModelReady(named) {
      try {
        await answererOf(named);
        return !isDraining();
      } catch (error) {
        if (error instanceof Problem && error.status === 503) return false;
        throw error;
      }
    },
    serverMetadata: () => serverMetadata(server.version),
    modelMetadata: async (named) => modelMetadata(await modelOf(named)),
    configuration: async (named) => modelConfiguration(await modelOf(named), limits),
    async statistics(named) {
      if (named) return [statisticsOf(await modelOf(named))];
      const others = [...models.inMemory()].slice(1).filter(([, { since }]) => since !== undefined);
      return [current().model, ...others.map(([, each]) => each.model())].map(statisticsOf);
    },
    async index() {
      const listed = (await models.list()).filter((each) => !each.default);
      const others = listed.map(({ name, version = '', state, reason = '' }) => ({
        name,
        version,
        state: state === 'down' || isDraining() ? 'UNAVAILABLE' : 'READY',
        reason,
      }));
      if (serving.since === undefined) return others;
      const { manifest, version } = serving.model();
      return [
        { name: manifest.name, version, state: isReady() ? 'READY' : 'UNAVAILABLE', reason: '' },
        ...others,
      ];
    },
    answererOf,
    infer: (answerer, request, requestId, secondsLeft) =>
      infer({ answerer, limits, statistics: counted }, request, requestId, secondsLeft),
    unloadable: new Fault(
      'no request loads or unloads a model: hearth promote and hearth rollback change which version serves',
    ),
  };
}
