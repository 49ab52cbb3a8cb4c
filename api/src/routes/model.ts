import { brotliCompressSync, gzipSync } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import { describeModel, type Model } from '@hearth/artifact';
import { type Evaluations, openRegistry } from '@hearth/artifact/store';
import type { FastifyInstance } from 'fastify';
import { addVary } from '../server/vary.ts';
import type { Serving } from '../serving/index.ts';

/**
 * `GET /model`: the description of the model, from which the page is built. `GET /model/evaluations`: how its version did at other places;
 * read for each request, because they come after the version. `GET /model/card`: both for people, in Markdown.
 */
export async function modelRoutes(app: FastifyInstance, { serving }: { serving: Serving }): Promise<void> {
  const describe = createDescriber();
  app.get('/model', async (request, reply) => {
    reply.header('cache-control', 'no-cache');
    addVary(reply, 'accept-encoding');
    const description = describe(serving.model(), serving.published);
    const encoding = negotiate(request.headers['accept-encoding'] ?? '', ['br', 'gzip']);
    reply.type('application/json; charset=utf-8');
    if (encoding !== 'br' && encoding !== 'gzip') return description.json;
    reply.header('content-encoding', encoding);
    return description[encoding];
  });
  app.get('/model/evaluations', async (_request, reply) => {
    const { version } = serving.model();
    const { evaluations, faults } = await evaluationsOf(serving, version);
    reply.header('cache-control', 'no-cache');
    return { version, evaluations, unusable: faults.length };
  });
  app.get('/model/card', async (_request, reply) => {
    const { manifest, version } = serving.model();
    const { evaluations } = await evaluationsOf(serving, version);
    const { renderCard } = await import('@hearth/artifact/card'); // loads a YAML writer, so only on request
    reply.header('cache-control', 'no-cache').type('text/markdown; charset=utf-8');
    return renderCard(manifest, { version, published: serving.published, evaluations });
  });
}

/** Without a registry, as where a service unpacks a version alone, there are none. */
async function evaluationsOf({ folder }: Serving, version: string): Promise<Evaluations> {
  return folder === undefined ? { evaluations: [], faults: [] } : openRegistry(folder).evaluations(version);
}

/** Describes each model once, not for every visitor: this is the largest response that the page waits for. */
function createDescriber() {
  let described: Model | undefined;
  let made = { json: '', br: Buffer.alloc(0), gzip: Buffer.alloc(0) };
  return (model: Model, published: string | undefined) => {
    if (model !== described) {
      const json = JSON.stringify(describeModel(model, published));
      made = { json, br: brotliCompressSync(json), gzip: gzipSync(json) };
      described = model;
    }
    return made;
  };
}
