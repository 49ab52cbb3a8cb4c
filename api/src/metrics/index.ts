import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Serving } from '../serving/index.ts';
import { listenApart } from './apart.ts';
import { addGrpcMetrics } from './grpc.ts';
import { addHttpMetrics } from './http.ts';
import { addModelMetrics, type FollowServing } from './model.ts';
import { addPredictionMetrics } from './predictions.ts';
import type { Tally } from './tally.ts';

export type { FollowServing } from './model.ts';
export { countAnswers } from './tally.ts';

export interface MetricsOptions {
  /** What serves now, by the name of its model; the default has none while it is not known. */
  servings(): Iterable<readonly [name: string | undefined, serving: Serving]>;
  /** Counts of answers, by model and version. */
  tallies(): Iterable<Tally>;
  /** Address of `metricsPort`. */
  host: string;
  /** Separate port for the metrics; without it they are at /metrics on the port of the API. */
  metricsPort?: number;
  /** Whether calls of gRPC are counted. */
  hasGrpc: boolean;
}

/** `GET /metrics`, for Prometheus. Call this before the routes are registered. @returns counts the swaps and refusals of a model */
export function addMetrics(
  app: FastifyInstance,
  { servings, tallies, host, metricsPort, hasGrpc }: MetricsOptions,
): FollowServing {
  const register = new Registry();
  addHttpMetrics(app, register);
  if (hasGrpc) addGrpcMetrics(app, register);
  const follow = addModelMetrics(servings, register);
  addPredictionMetrics(tallies, register);
  addProcessMetrics(register);
  if (metricsPort === undefined) {
    app.get('/metrics', async (_request, reply) => {
      reply.header('cache-control', 'no-store').type(register.contentType);
      return register.metrics();
    });
  } else listenApart(app, register, host, metricsPort);
  return follow;
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
