import server from '../../../package.json' with { type: 'json' };
import type { Limits } from '../admission/index.ts';
import type { Answerer } from '../predict/answerer.ts';
import type { Serving } from '../serving/index.ts';
import { modelConfiguration } from './configuration.ts';
import { Fault, quoted } from './fault.ts';
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
  /** Whether the model can answer. @throws Fault if another one serves */
  isModelReady(named: Named): boolean;
  serverMetadata(): ReturnType<typeof serverMetadata>;
  modelMetadata(named: Named): ReturnType<typeof modelMetadata>;
  configuration(named: Named): ReturnType<typeof modelConfiguration>;
  /** @param named all models by default */
  statistics(named?: Named): object[];
  /** The models of the repository: the one that serves, or none. */
  index(): { name: string; version: string; state: string; reason: string }[];
  /** The answerer for one whole request. */
  answererOf(named: Named): Answerer;
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
  serving: Serving;
  answerer: () => Answerer;
  limits: Limits;
  isDraining(): boolean;
}

export function createService({
  serving,
  answerer: current,
  limits,
  isDraining,
}: ServiceOptions): InferenceService {
  const counted = createStatistics();
  const isReady = (): boolean => serving.since !== undefined && !isDraining();

  function answererOf({ name, version }: Named): Answerer {
    const answerer = current();
    const { model } = answerer;
    if (name !== model.manifest.name)
      throw new Fault(`there is no model ${quoted(name)}; there is "${model.manifest.name}"`, 404);
    if (version && version !== model.version && version !== 'production')
      throw new Fault(`there is no version ${quoted(version)}; "${model.version}" is in production`, 404);
    return answerer;
  }
  const modelOf = (named: Named) => answererOf(named).model;

  return {
    isReady,
    isModelReady(named) {
      if (serving.since !== undefined) answererOf(named);
      return isReady();
    },
    serverMetadata: () => serverMetadata(server.version),
    modelMetadata: (named) => modelMetadata(modelOf(named)),
    configuration: (named) => modelConfiguration(modelOf(named), limits),
    statistics(named) {
      const model = named ? modelOf(named) : current().model;
      return [{ name: model.manifest.name, version: model.version, ...counted.of(model) }];
    },
    index() {
      if (serving.since === undefined) return [];
      const { manifest, version } = serving.model();
      return [{ name: manifest.name, version, state: isReady() ? 'READY' : 'UNAVAILABLE', reason: '' }];
    },
    answererOf,
    infer: (answerer, request, requestId, secondsLeft) =>
      infer({ answerer, limits, statistics: counted }, request, requestId, secondsLeft),
    unloadable: new Fault(
      'no request loads or unloads a model: hearth promote and hearth rollback change which version serves',
    ),
  };
}
