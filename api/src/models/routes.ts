import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { docsRoutes } from '../docs/routes.ts';
import { nextRoutes } from '../next/routes.ts';
import { openApiRoutes } from '../openapi/index.ts';
import type { AnswerersOf } from '../predict/answerer.ts';
import { predictRoutes } from '../predict/routes.ts';
import { healthRoutes } from '../routes/health.ts';
import { modelRoutes } from '../routes/model.ts';
import { type Instance, statusRoutes } from '../routes/status.ts';
import { sagemakerRoutes } from '../sagemaker/index.ts';
import type { Models } from './models.ts';
import type { Served } from './served.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The model that a request below /models is for; no other request has one. */
    served?: Served | null;
  }
}

interface Address {
  Params: { model: string; version: string };
}

const ofModel = '/models/:model';
const ofVersion = `${ofModel}/versions/:version`;

/**
 * `GET /models`: all models. Below `/models/NAME` is what is at the root for the default model; below `/models/NAME/versions/VERSION`
 * predictions by a published version, and its description.
 */
export async function modelsRoutes(
  app: FastifyInstance,
  { models, limits, instance }: { models: Models; limits: Limits; instance: Instance },
): Promise<void> {
  app.get('/models', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { models: await models.list() };
  });
  app.get<Address>(ofModel, async ({ params }, reply) => {
    reply.header('cache-control', 'no-store');
    return models.state(params.model);
  });

  const servedOf = ({ served }: FastifyRequest) => served as Served;
  const of = (request: FastifyRequest) => servedOf(request).serving;
  const answerersOf: AnswerersOf = (request) => servedOf(request).answerers;

  await app.register(
    async (scope) => {
      takeServed(scope, models, ({ model }) => models.named(model));
      const at = ({ params }: FastifyRequest) => addressOf(params as Address['Params'], ofModel);
      await scope.register(predictRoutes, { answerersOf, limits });
      await scope.register(nextRoutes, { of, limits });
      await scope.register(modelRoutes, { of });
      await scope.register(openApiRoutes, { of, scope: 'model', at, hasMetrics: false });
      await scope.register(docsRoutes, { of, limits, at });
      await scope.register(healthRoutes, { of });
      await scope.register(sagemakerRoutes, { of, answerersOf, limits });
      await scope.register(statusRoutes, { instance, of, pastOf: (request) => servedOf(request).past });
    },
    { prefix: ofModel },
  );
  await app.register(
    async (scope) => {
      takeServed(scope, models, ({ model, version }) => models.version(model, version));
      const at = ({ params }: FastifyRequest) => addressOf(params as Address['Params'], ofVersion);
      await scope.register(predictRoutes, { answerersOf, limits });
      await scope.register(nextRoutes, { of, limits });
      await scope.register(modelRoutes, { of });
      await scope.register(openApiRoutes, { of, scope: 'version', at, hasMetrics: false });
    },
    { prefix: ofVersion },
  );
}

/** The address of a model or version that exists, so that its name needs no escape. */
const addressOf = ({ model, version }: Address['Params'], route: string): string =>
  route.replace(':model', model).replace(':version', version);

/** Finds the model before a body is read, and counts its predictions; those of the default one are counted with the whole instance. */
function takeServed(
  app: FastifyInstance,
  { main }: Models,
  find: (params: Address['Params']) => Served | Promise<Served>,
): void {
  app.decorateRequest('served', null);
  app.addHook<Address>('onRequest', async (request) => {
    request.served = await find(request.params);
  });
  app.addHook('onResponse', async ({ method, served }, { statusCode, elapsedTime }) => {
    if (method === 'POST' && served && served.past !== main.past)
      served.past.traffic.add(statusCode, elapsedTime);
  });
}
