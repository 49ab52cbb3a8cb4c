import { describeModel } from '@hearth/artifact';
import { renderCard } from '@hearth/artifact/card';
import type { FastifyInstance } from 'fastify';
import type { Serving } from '../serving/index.ts';

/** `GET /model`: what the model says of itself; the page is built from it. `GET /model/card`: the same for people, in Markdown. */
export async function modelRoutes(app: FastifyInstance, { serving }: { serving: Serving }): Promise<void> {
  app.get('/model', async (_request, reply) => {
    reply.header('cache-control', 'no-cache');
    return describeModel(serving.model(), serving.published);
  });
  app.get('/model/card', async (_request, reply) => {
    const { manifest, version } = serving.model();
    reply.header('cache-control', 'no-cache').type('text/markdown; charset=utf-8');
    return renderCard(manifest, { version, published: serving.published });
  });
}
