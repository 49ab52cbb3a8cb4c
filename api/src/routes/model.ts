import { describeModel } from '@hearth/artifact';
import type { FastifyInstance } from 'fastify';
import type { Serving } from '../serving/index.ts';

/** `GET /model`: what the model says of itself; the page is built from it. */
export async function modelRoutes(app: FastifyInstance, { serving }: { serving: Serving }): Promise<void> {
  app.get('/model', async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return describeModel(serving.model(), serving.published);
  });
}
