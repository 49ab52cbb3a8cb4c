import type { FastifyInstance } from 'fastify';
import type { Serving } from '../serving.ts';

/** `GET /health` and its halves for probes: is the process alive, can it answer. */
export async function healthRoutes(app: FastifyInstance, { serving }: { serving: Serving }): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  app.get('/health/live', async () => ({ status: 'ok' }));

  for (const path of ['/health', '/health/ready']) {
    app.get(path, async () => {
      const { manifest, version } = serving.model();
      return { status: 'ok', model: { name: manifest.name, version }, since: serving.since };
    });
  }
}
