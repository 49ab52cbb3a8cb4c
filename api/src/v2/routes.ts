import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { jsonLengthHeader, type ReadBody, readBodies } from './body.ts';
import { encode } from './encode.ts';
import { Fault, sendFault, sendJson } from './fault.ts';
import { readRequest } from './request.ts';
import type { InferenceService, Named } from './service.ts';

interface Address {
  Params: Named;
}

const paths = ['/models/:name', '/models/:name/versions/:version'];

/**
 * The Open Inference Protocol, version 2, over REST
 * (https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md), with Triton's extensions for binary
 * tensor data, model configuration, statistics and the index of the repository
 * (https://github.com/triton-inference-server/server/tree/main/docs/protocol); to be registered at /v2.
 */
export async function v2Routes(
  app: FastifyInstance,
  { service, limits }: { service: InferenceService; limits: Limits },
): Promise<void> {
  app.setErrorHandler<Error & { code?: string }>((error, request, reply) => {
    // Fastify refuses a content type that it cannot read before it calls the handler for what has no route
    const isUnread = request.is404 && error.code?.startsWith('FST_') === true;
    return sendFault(isUnread ? unrouted(request) : error, request, reply);
  });
  app.setNotFoundHandler((request, reply) => sendFault(unrouted(request), request, reply));

  const get = (path: string, answer: (named: Named) => unknown) =>
    app.get<Address>(path, async ({ params }, reply) => sendJson(reply, await answer(params)));

  get('/', () => service.serverMetadata());
  get('/health/live', () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => sendReady(reply, service.isReady()));

  for (const path of paths) {
    get(path, (named) => service.modelMetadata(named));
    get(`${path}/config`, (named) => service.configuration(named));
    get(`${path}/stats`, async (named) => ({ model_stats: await service.statistics(named) }));
    app.get<Address>(`${path}/ready`, async ({ params }, reply) =>
      sendReady(reply, await service.isModelReady(params), params.name),
    );
  }
  get('/models/stats', async () => ({ model_stats: await service.statistics() }));

  // apart: what is at no address is refused without its body
  await app.register(async (inference) => {
    readBodies(inference, limits);
    for (const path of paths)
      inference.post<Address & { Body: ReadBody | undefined }>(`${path}/infer`, async (request, reply) => {
        const { params, body, id } = request;
        const answerer = await service.answererOf(params);
        if (!body) throw new Fault('there is no body: send an inference request object');
        const read = readRequest(body.json, params.name, body.bytes);
        const inferred = await service.infer(answerer, read, id);
        const encoded = encode(inferred, read.parameters.binary_data_output === true);
        if (encoded.jsonBytes === undefined)
          return reply.header('content-type', 'application/json').send(encoded.body);
        return reply
          .headers({
            'content-type': 'application/octet-stream',
            [jsonLengthHeader]: String(encoded.jsonBytes),
          })
          .send(encoded.body);
      });
    inference.post<{ Body: ReadBody | undefined }>('/repository/index', async ({ body }, reply) => {
      const onlyReady = readIndexRequest(body?.json);
      const index = await service.index();
      return sendJson(
        reply,
        index.filter(({ state }) => !onlyReady || state === 'READY'),
      );
    });
    for (const verb of ['load', 'unload'])
      inference.post(`/repository/models/:name/${verb}`, async () => {
        throw service.unloadable;
      });
  });
}

function sendReady(reply: FastifyReply, ready: boolean, name?: string): FastifyReply {
  return sendJson(reply.code(ready ? 200 : 503), { ...(name !== undefined && { name }), ready });
}

/** Whether only models that can answer are asked for. @throws Fault */
function readIndexRequest(json: unknown = {}): boolean {
  const { ready = false, ...others } = Object(json) as Record<string, unknown>;
  const isObject = typeof json === 'object' && !Array.isArray(json);
  if (!isObject || typeof ready !== 'boolean' || Object.keys(others).length > 0)
    throw new Fault('the body is not {"ready": true} or {"ready": false}, or empty');
  return ready;
}

/** A known address with another method, or an unknown address. */
function unrouted({ url, method, server }: FastifyRequest): Fault {
  const allow = server.allowedMethods(url);
  if (allow === undefined || allow.split(', ').includes(method))
    return new Fault('there is nothing at this address of the protocol', 404);
  return new Fault(`this address takes ${allow}`, 405, { allow });
}
