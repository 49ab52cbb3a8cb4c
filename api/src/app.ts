import type { Worker } from 'node:worker_threads';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyRequest,
  LogController,
  type preSerializationHookHandler,
} from 'fastify';
import type { Logger } from 'pino';
import {
  defaultLimits,
  holdExpectations,
  type Limits,
  resetIdleConnections,
  resetSlowReaders,
  serverOptions,
} from './admission/index.ts';
import { docsRoutes, problemRoutes } from './docs/routes.ts';
import { addMetrics, countAnswers } from './metrics/index.ts';
import { createModels, type ModelsSettings, modelsDefaults, modelsRoutes } from './models/index.ts';
import { nextRoutes } from './next/routes.ts';
import { type Observe, observeAll } from './observe.ts';
import { openApiRoutes } from './openapi/index.ts';
import { predictRoutes } from './predict/routes.ts';
import { healthRoutes } from './routes/health.ts';
import { modelRoutes } from './routes/model.ts';
import { countPosts, nameInstance, statusRoutes } from './routes/status.ts';
import { addCors, addSafety, defaultSafety, inNetworks, type Safety } from './safety/index.ts';
import { sagemakerRoutes } from './sagemaker/index.ts';
import { addAnswered } from './server/answered.ts';
import { logAnswers } from './server/answered-line.ts';
import { redirectToSlash, rewriteUrl } from './server/base-path.ts';
import { addDraining } from './server/draining.ts';
import { addAllowedMethods, answerUnrouted, sendUnrouted } from './server/methods.ts';
import { sendProblem, toProblem } from './server/problem.ts';
import { createServing, logServing, type Serving } from './serving/index.ts';
import type { SpanProtocol } from './tracing/otel-settings.ts';
import { addTracing, requestId } from './tracing/tracing.ts';
import { v2Routes } from './v2/routes.ts';
import { createService } from './v2/service.ts';

export interface AppOptions {
  /** Folder with a folder per model. */
  models: string;
  /** Name of the model to serve, where the folder has several. */
  model?: string;
  /** How many other models are kept in memory, and for how long. */
  modelsSettings?: ModelsSettings;
  /** A thread that loads other models; one is started on first use by default. */
  loadThread?: Worker;
  /** Origins whose pages may call the API; none by default. */
  corsOrigins?: string[];
  limits?: Limits;
  /** Serves instead of the alias in `models`, or is already loading it; its creator logs its events. */
  serving?: Serving;
  safety?: Safety;
  /** Separate port for the metrics. */
  metricsPort?: number;
  /** Address of that port, and of gRPC. */
  host?: string;
  /** Port of gRPC; without it there is none. */
  grpcPort?: number;
  /** How spans are sent to the collector in the environment; no spans by default. */
  spans?: SpanProtocol;
  /** Gets all rows that are answered, after the metrics. */
  observe?: Observe;
  /** The page, if this process serves it too. */
  site?: FastifyPluginAsync;
  /** The log; none by default. */
  logger?: Logger;
}

/** Builds the whole API, ready to listen or for `inject`. */
export async function buildApp({
  models,
  model,
  modelsSettings = modelsDefaults,
  loadThread,
  corsOrigins = [],
  limits = defaultLimits,
  safety = defaultSafety,
  metricsPort,
  grpcPort,
  host = '127.0.0.1',
  spans,
  observe,
  serving: given,
  site,
  logger,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    ...serverOptions(limits),
    loggerInstance: logger && withoutChildren(logger),
    logController: new LogController({ disableRequestLogging: true }),
    ...(rewriteUrl && { rewriteUrl }),
    trustProxy: safety.trustProxy.length > 0 && inNetworks(safety.trustProxy), // an empty list would still be checked for each request
    genReqId: requestId,
    forceCloseConnections: 'idle',
    return503OnClosing: false, // while it closes, requests are still answered
    // no conversion: "54" is not 54, and null is missing, not 0
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false } },
  });
  const serving = given ?? createServing({ models, model });
  const { tallies, follow: beginTallies, observe: count } = countAnswers();
  beginTallies(serving);
  if (!given) logServing(serving, app.log);
  const all = createModels({
    models,
    main: serving,
    settings: modelsSettings,
    patience: limits.answerSeconds,
    observe: observe ? observeAll([count, observe]) : count,
    follow(each, name) {
      beginTallies(each);
      logServing(each, app.log, name);
      followMetrics(each, () => name);
    },
    loadThread,
  });
  const { answerers, past } = all.main;
  app.addHook('onClose', () => Promise.all([serving.close(), all.close()]));
  const started = serving.start();
  const of = () => serving;
  const answerersOf = () => answerers;
  if (spans) {
    const servedBy = ({ served, params }: FastifyRequest) => {
      const { name } = params as { name?: string }; // of a model, in /v2
      return served?.serving ?? (name === undefined || name === all.mainName() ? serving : undefined);
    };
    await (await import('./tracing/otel.ts')).addSpans(app, { of: servedBy, protocol: spans });
  }
  addAllowedMethods(app);
  addAnswered(app);
  addDraining(app);
  addTracing(app);
  // before any hook that refuses: refusals are counted too, and pages of other origins can read them
  const followMetrics = addMetrics(app, {
    servings: all.inMemory,
    tallies,
    host,
    metricsPort,
    hasGrpc: grpcPort !== undefined,
  });
  followMetrics(serving, all.mainName);
  if (corsOrigins.length > 0) await addCors(app, corsOrigins);
  await addSafety(app, safety, limits);

  app.setErrorHandler<Error & { code?: string }>((error, request, reply) => {
    // Fastify refuses a content type that it cannot read before it calls the handler for what has no route
    if (request.is404 && error.code?.startsWith('FST_')) return sendUnrouted(request, reply);
    const problem = toProblem(error, request);
    if (problem.status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
    return sendProblem(reply, problem);
  });
  answerUnrouted(app);
  app.addHook('preSerialization', leaveOutCharset);
  resetIdleConnections(app);
  resetSlowReaders(app, limits);
  holdExpectations(app);
  if (logger) logAnswers(app, logger);
  const instance = nameInstance(app);
  countPosts(app, past);
  const hasMetrics = metricsPort === undefined;
  await app.register(predictRoutes, { answerersOf, limits });
  await app.register(nextRoutes, { of, limits });
  await app.register(modelRoutes, { of });
  await app.register(openApiRoutes, { of, scope: 'server', at: () => '', hasMetrics });
  await app.register(docsRoutes, { of, limits, at: () => '' });
  await app.register(problemRoutes);
  await app.register(healthRoutes, { of });
  await app.register(sagemakerRoutes, { of, answerersOf, limits });
  await app.register(statusRoutes, { instance, of, pastOf: () => past });
  await app.register(modelsRoutes, { models: all, limits, instance });
  const service = createService({ models: all, limits, isDraining: () => app.isDraining() });
  await app.register(v2Routes, { service, limits, prefix: '/v2' });
  if (grpcPort !== undefined) {
    const { addGrpc } = await import('./grpc/server.ts');
    addGrpc(app, { service, limits, safety, host, port: grpcPort });
  }
  if (site) {
    await app.register(site);
    // its links are relative: the page of a model is the page of the server
    app.get<{ Params: { model: string } }>('/models/:model/', ({ params: { model } }, reply) =>
      reply.redirect(`../../?model=${encodeURIComponent(model)}`, 308),
    );
    redirectToSlash(app);
  }
  await started;
  return app;
}

/** Fastify adds a charset to JSON, which has none (RFC 8259, section 11). */
const leaveOutCharset: preSerializationHookHandler<unknown> = (_request, reply, payload, done) => {
  const [type] = String(reply.getHeader('content-type')).split(';', 1);
  if (type.endsWith('json')) reply.header('content-type', type);
  done(null, payload);
};

/** Each line names its request itself: to create a logger per request costs more than the line. */
function withoutChildren(logger: Logger): FastifyBaseLogger {
  const own: FastifyBaseLogger = Object.create(logger, { child: { value: () => own } });
  return own;
}
