import { describeModel, type Model } from '@hearth/artifact';
import { type Evaluations, openRegistry } from '@hearth/artifact/store';
import type { FastifyInstance } from 'fastify';
import { answerType } from '../server/accept.ts';
import { sendDocument } from '../server/document.ts';
import type { Serving, ServingOf } from '../serving/index.ts';

/**
 * `GET /model`: the description of the model, from which the page is built. `GET /model/evaluations`: how its version did at other places;
 * read for each request, because they come after the version. `GET /model/card`: both for people, in Markdown.
 */
export async function modelRoutes(app: FastifyInstance, { of }: { of: ServingOf }): Promise<void> {
  const described = new WeakMap<Model, string>();
  app.get('/model', async (request, reply) => {
    const serving = of(request);
    const model = serving.model();
    const text = described.get(model) ?? JSON.stringify(describeModel(model, serving.published));
    described.set(model, text);
    return sendDocument(request, reply, { type: 'application/json', text });
  });
  app.get('/model/evaluations', async (request, reply) => {
    answerType(request.headers.accept, ['application/json']);
    const serving = of(request);
    const { version } = serving.model();
    const { evaluations, faults } = await evaluationsOf(serving, version);
    reply.header('cache-control', 'no-cache');
    return { version, evaluations, unusable: faults.length };
  });
  app.get('/model/card', async (request, reply) => {
    const serving = of(request);
    const { manifest, version } = serving.model();
    const { evaluations } = await evaluationsOf(serving, version);
    const { renderCard } = await import('@hearth/artifact/card'); // loads a YAML writer, so only on request
    const text = renderCard(manifest, { version, published: serving.published, evaluations });
    return sendDocument(request, reply, { type: 'text/markdown; charset=utf-8', text });
  });
}

/** Without a registry, as where a service unpacks a version alone, there are none. */
async function evaluationsOf({ folder }: Serving, version: string): Promise<Evaluations> {
  return folder === undefined ? { evaluations: [], faults: [] } : openRegistry(folder).evaluations(version);
}
