import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type ClientRequest, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { type AppOptions, buildApp } from '../src/app.ts';
import { createServing, logServing } from '../src/serving/index.ts';
import { lendLoadThread } from './load-thread.ts';
import { modelsFolder, publishTiny } from './models.ts';

/** The API as `buildApp` makes it, with the loading thread that all tests of a file share. */
export function buildTestApp({ models, model, logger, ...options }: AppOptions): Promise<FastifyInstance> {
  const serving = createServing({ models, model, loadThread: lendLoadThread() });
  if (logger) logServing(serving, logger);
  return buildApp({ models, logger, ...options, serving });
}

/** The API with the tiny model in production, for a test. */
export async function tinyApp(options: Partial<AppOptions> = {}) {
  const { models, registry, remove } = await modelsFolder();
  const version = await publishTiny(registry);
  await registry.promote(version);
  const app = await buildTestApp({ models, ...options });
  return {
    app,
    registry,
    version,
    async close() {
      await app.close();
      await remove();
    },
  };
}

/** Listens on a free port. @returns the port */
export async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return (app.server.address() as AddressInfo).port;
}

/** A request whose body the test writes. If it is reset, its response has the error. */
export function open(port: number, headers: RequestOptions['headers'], path = '/predict'): ClientRequest {
  return request({ host: '127.0.0.1', port, path, method: 'POST', headers }).on('error', () => {});
}

/** The response to a request, once its headers have arrived. */
export const response = async (to: ClientRequest): Promise<IncomingMessage> =>
  (await once(to, 'response'))[0];
