import { join } from 'node:path';
import { buildApp } from '@hearth/api';
import type { ModelDescription, Prediction, ValuePrediction } from '@hearth/artifact';
import Fastify, { type FastifyInstance } from 'fastify';
import { staticSite } from '../server/static-site.ts';

/** The committed models. */
export const committedModels = join(import.meta.dirname, '../../models');

export interface RunningServer {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** API and page in one process, as `npm start` runs them. */
export const startHearth = async (models = committedModels, port = 0, corsOrigins: string[] = []) =>
  listen(await buildApp({ models, site: staticSite, corsOrigins }), port);

/** The API alone, for pages of other origins. */
export const startApi = async (corsOrigins: string[], port = 0) =>
  listen(await buildApp({ models: committedModels, corsOrigins }), port);

/** The page alone, from the folder of its build. */
export async function startPage(root: string): Promise<RunningServer> {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(staticSite, { root });
  return listen(app, 0);
}

async function listen(app: FastifyInstance, port: number): Promise<RunningServer> {
  const url = await app.listen({ host: '127.0.0.1', port });
  return {
    url,
    port: Number(new URL(url).port),
    async stop() {
      const closed = app.close();
      app.server.closeAllConnections(); // a browser may hold some open
      await closed;
    },
  };
}

/** The answer of the API, without the page. */
export async function askDirectly<Answer = Prediction>(url: string, row: object): Promise<Answer> {
  const response = await fetch(`${url}/predict?explain=true`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  return response.json() as Promise<Answer>;
}

export const askForValue = (url: string, row: object) => askDirectly<ValuePrediction>(url, row);

export async function describeDirectly(url: string): Promise<ModelDescription> {
  return (await fetch(`${url}/model`)).json() as Promise<ModelDescription>;
}
