import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { Buckets, CollectedHistogram } from './histogram.ts';
import { seconds } from './http.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a call of gRPC that has been answered; absent if there are none. */
    observeCall?(method: string, code: string, milliseconds: number): void;
  }
}

/** Counts calls by method and code, which are few and known. */
export function addGrpcMetrics(app: FastifyInstance, register: Registry): void {
  const calls = new Map<string, { labels: { method: string; code: string }; buckets: Buckets }>();
  app.decorate('observeCall', (method, code, milliseconds) => {
    const key = `${method} ${code}`;
    let counted = calls.get(key);
    if (!counted) {
      counted = { labels: { method, code }, buckets: new Buckets(seconds) };
      calls.set(key, counted);
    }
    counted.buckets.add(milliseconds / 1000);
  });
  new CollectedHistogram({
    register,
    name: 'hearth_grpc_call_duration_seconds',
    help: 'Seconds from the arrival of a call of gRPC to its answer, by method and code; of a stream, to its end.',
    collect: () => calls.values(),
  });
}
