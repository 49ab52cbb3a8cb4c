import type { Model } from '@hearth/artifact';
import type { FastifyInstance } from 'fastify';
import type { Serving } from '../serving/index.ts';
import { openApiDocument } from './document.ts';

/** `GET /openapi.json`, for the model that serves now. */
export async function openApiRoutes(
  app: FastifyInstance,
  { serving, hasMetrics }: { serving: Serving; hasMetrics: boolean },
): Promise<void> {
  const written = new WeakMap<Model, string>();
  app.get('/openapi.json', async (_request, reply) => {
    const model = serving.model();
    const json = written.get(model) ?? JSON.stringify(openApiDocument(model, hasMetrics));
    written.set(model, json);
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8');
    return json;
  });
}
