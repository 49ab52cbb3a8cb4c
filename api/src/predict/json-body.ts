import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Limits } from '../limits/index.ts';
import { assertPlainText, readBody } from './body.ts';
import { parseBody } from './json.ts';

/** Lets routes read JSON, strictly and within limits, and no other type unless they add it. */
export function readJsonBodies(app: FastifyInstance, limits: Limits): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    assertPlainText(request);
    const bytes = await readBody(request, payload, limits);
    app.admit(request);
    return parseBody(bytes, limits);
  });
}
