import type { FastifyInstance } from 'fastify';
import server from '../../../package.json' with { type: 'json' };
import type { Limits } from '../admission/index.ts';
import { readJsonBodies } from '../admission/json-body.ts';
import type { Answerer } from '../predict/answerer.ts';
import type { Serving } from '../serving/index.ts';
import { Fault, sendFault } from './fault.ts';
import { infer } from './infer.ts';
import { modelMetadata, serverMetadata } from './metadata.ts';
import { quoted } from './request.ts';

interface Address {
  name: string;
  version?: string;
}

const paths = ['/models/:name', '/models/:name/versions/:version'];

/**
 * The Open Inference Protocol, version 2, over REST
 * (https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md); to be registered at /v2.
 */
export async function v2Routes(
  app: FastifyInstance,
  { serving, answerer: current, limits }: { serving: Serving; answerer: () => Answerer; limits: Limits },
): Promise<void> {
  app.setErrorHandler(sendFault);
  app.setNotFoundHandler((request, reply) =>
    sendFault(new Fault('there is nothing at this address of the protocol', 404), request, reply),
  );

  app.get('/', async () => serverMetadata(server.version));
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const ready = isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });

  for (const path of paths) {
    app.get<{ Params: Address }>(path, async ({ params }) => modelMetadata(answererAt(params).model));
    app.get<{ Params: Address }>(`${path}/ready`, async ({ params }, reply) => {
      const ready = isReady();
      if (serving.since !== undefined) answererAt(params);
      return reply.code(ready ? 200 : 503).send({ name: params.name, ready });
    });
  }

  // apart: what is at no address is refused without its body
  await app.register(async (inference) => {
    readJsonBodies(inference, limits);
    for (const path of paths)
      inference.post<{ Params: Address }>(`${path}/infer`, async ({ params, body, id }) =>
        infer(answererAt(params), id, body, limits),
      );
  });

  const isReady = (): boolean => serving.since !== undefined && !app.isDraining();

  function answererAt({ name, version }: Address): Answerer {
    const answerer = current();
    const { model } = answerer;
    if (name !== model.manifest.name) {
      throw new Fault(`there is no model ${quoted(name)}; there is "${model.manifest.name}"`, 404);
    }
    if (version !== undefined && version !== model.version && version !== 'production') {
      throw new Fault(`there is no version ${quoted(version)}; "${model.version}" is in production`, 404);
    }
    return answerer;
  }
}
