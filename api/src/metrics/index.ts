import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Serving } from '../serving/index.ts';
import { listenApart } from './apart.ts';
import { addGrpcMetrics } from './grpc.ts';
import { addHttpMetrics } from './http.ts';
import { addModelMetrics } from './model.ts';
import { addPredictionMetrics } from './predictions.ts';
import type { Tally } from './tally.ts';

export { countAnswers } from './tally.ts';

export interface MetricsOptions {
  serving: Serving;
  /** Counts of answers, by model. */
  tallies: readonly Tally[];
  /** Address of `metricsPort`. */
  host: string;
  /** Separate port for the metrics; without it they are at /metrics on the port of the API. */
  metricsPort?: number;
  /** Whether calls of gRPC are counted. */
  hasGrpc: boolean;
}

/** `GET /metrics`, for Prometheus. Call this before the routes are registered. */
export function addMetrics(
  app: FastifyInstance,
  { serving, tallies, host, metricsPort, hasGrpc }: MetricsOptions,
): void {
  const register = new Registry();
  addHttpMetrics(app, register);
  if (hasGrpc) addGrpcMetrics(app, register);
  addModelMetrics(serving, register);
  addPredictionMetrics(tallies, register);
  addProcessMetrics(register);
  if (metricsPort === undefined) {
    app.get('/metrics', async (_request, reply) => {
      reply.header('cache-control', 'no-store').type(register.contentType);
      return register.metrics();
    });
  } else listenApart(app, register, host, metricsPort);
}

/** Named as totals without being counters, which Prometheus' own rules (promtool check metrics) do not allow. */
const misnamed = [
  'nodejs_active_resources_total',
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
];

/** Processor, memory, garbage collection and the delay of the event loop. */
function addProcessMetrics(register: Registry): void {
  collectDefaultMetrics({ register });
  for (const name of misnamed) register.removeSingleMetric(name);
}
