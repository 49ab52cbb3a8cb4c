import type { FastifyInstance } from 'fastify';
import { Registry } from 'prom-client';
import { listenApart } from './apart.ts';
import type { CountedServing } from './counted-serving.ts';
import { addHttpMetrics } from './http.ts';
import { addModelMetrics } from './model.ts';
import { addPredictionMetrics } from './predictions.ts';
import { addProcessMetrics } from './process.ts';

export { type CountedServing, countAnswers } from './counted-serving.ts';

export interface MetricsOptions {
  serving: CountedServing;
  /** The address that `metricsPort` is opened on. */
  host: string;
  /** A port for the metrics alone; without it they are at /metrics beside the API. */
  metricsPort?: number;
}

/** `GET /metrics`, for Prometheus. To be added before any route. */
export function addMetrics(app: FastifyInstance, { serving, host, metricsPort }: MetricsOptions): void {
  const register = new Registry();
  addHttpMetrics(app, register);
  addModelMetrics(serving, register);
  addPredictionMetrics(serving, register);
  addProcessMetrics(register);
  if (metricsPort === undefined) {
    app.get('/metrics', async (_request, reply) => {
      reply.header('cache-control', 'no-store').type(register.contentType);
      return register.metrics();
    });
  } else listenApart(app, register, host, metricsPort);
}
