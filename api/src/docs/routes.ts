import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { originOf } from '../safety/index.ts';
import { sendDocument } from '../server/document.ts';
import { Problem } from '../server/problem.ts';
import type { ServingOf } from '../serving/index.ts';

/** These pages load from and talk to this server only. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface DocsOptions {
  of: ServingOf;
  limits: Limits;
  /** What the addresses of the model begin with, after the base path. */
  at(request: FastifyRequest): string;
}

/** `GET /docs`: how to call the API, with forms to try it. HTML is rendered by code loaded on request. */
export async function docsRoutes(app: FastifyInstance, { of, limits, at }: DocsOptions): Promise<void> {
  app.get('/docs', async (request, reply) => {
    const { docsPage } = await import('./docs-page.ts');
    const place = { origin: originOf(request), at: at(request) };
    return sendPage(request, reply, docsPage(of(request).model(), limits, place));
  });
}

/** `GET /docs/problems/NAME`: a kind of problem. And what the pages load. */
export async function problemRoutes(app: FastifyInstance): Promise<void> {
  app.get('/docs/problems', async (request, reply) => {
    const { problemsPage } = await import('./problem-pages.ts');
    return sendPage(request, reply, problemsPage());
  });
  app.get<{ Params: { name: string } }>('/docs/problems/:name', async (request, reply) => {
    const { problemPage } = await import('./problem-pages.ts');
    const page = problemPage(request.params.name);
    if (!page) throw new Problem('NOT_FOUND', 'GET /docs/problems lists all problems');
    return sendPage(request, reply, page);
  });
  for (const [file, type] of [
    ['page.css', 'text/css; charset=utf-8'],
    ['page.js', 'text/javascript; charset=utf-8'],
  ]) {
    // beside this file, or beside the bundle in the container
    const content = await readFile(new URL(file, import.meta.url));
    app.get(`/docs/${file}`, (request, reply) => sendDocument(request, reply, { type, text: content }));
  }
}

function sendPage(request: FastifyRequest, reply: FastifyReply, page: string): Promise<FastifyReply> {
  reply.headers({ 'content-security-policy': pagePolicy, 'x-content-type-options': 'nosniff' });
  return sendDocument(request, reply, { type: 'text/html; charset=utf-8', text: page });
}
