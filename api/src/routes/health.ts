import type { FastifyInstance } from 'fastify';
import { Problem } from '../server/problem.ts';
import type { ServingOf } from '../serving/index.ts';

/** `GET /health`, and its two halves for probes: is the process alive, and can it answer. */
export async function healthRoutes(app: FastifyInstance, { of }: { of: ServingOf }): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  app.get('/health/live', async () => ({ status: 'ok' }));

  for (const path of ['/health', '/health/ready']) {
    app.get(path, async (request) => {
      if (app.isDraining()) throw new Problem('STOPPING', 'ask another instance');
      const serving = of(request);
      const { manifest, version } = serving.model();
      return {
        status: serving.refusals.length > 0 ? 'degraded' : 'ok',
        model: { name: manifest.name, version },
        since: serving.since,
        previous: serving.previous,
        refusal: serving.refusals[0],
      };
    });
  }
}
