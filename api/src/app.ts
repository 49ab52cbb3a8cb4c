import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
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
import { docsRoutes } from './docs/routes.ts';
import { addMetrics, countAnswers } from './metrics/index.ts';
import { nextRoutes } from './next/routes.ts';
import { type Observe, observeAll } from './observe.ts';
import { openApiRoutes } from './openapi/index.ts';
import { createAnswerers } from './predict/answerer.ts';
import { predictRoutes } from './predict/routes.ts';
import { healthRoutes } from './routes/health.ts';
import { modelRoutes } from './routes/model.ts';
import { addStatus } from './routes/status.ts';
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
  const { tallies, observe: count } = countAnswers(serving);
  const answerer = createAnswerers(serving, observe ? observeAll([count, observe]) : count);
  if (!given) logServing(serving, app.log);
  app.addHook('onClose', () => serving.close());
  const started = serving.start();
  if (spans) await (await import('./tracing/otel.ts')).addSpans(app, { serving, protocol: spans });
  addAllowedMethods(app);
  addAnswered(app);
  addDraining(app);
  addTracing(app);
  // before any hook that refuses: refusals are counted too, and pages of other origins can read them
  addMetrics(app, { serving, tallies, host, metricsPort, hasGrpc: grpcPort !== undefined });
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
  await app.register(predictRoutes, { answerer, limits });
  await app.register(nextRoutes, { serving, limits });
  await app.register(modelRoutes, { serving });
  await app.register(openApiRoutes, { serving, hasMetrics: metricsPort === undefined });
  await app.register(docsRoutes, { serving, limits });
  await app.register(healthRoutes, { serving });
  await app.register(sagemakerRoutes, { serving, answerer, limits });
  const service = createService({ serving, answerer, limits, isDraining: () => app.isDraining() });
  await app.register(v2Routes, { service, limits, prefix: '/v2' });
  if (grpcPort !== undefined) {
    const { addGrpc } = await import('./grpc/server.ts');
    addGrpc(app, { service, limits, safety, host, port: grpcPort });
  }
  addStatus(app, { serving });
  if (site) {
    await app.register(site);
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
