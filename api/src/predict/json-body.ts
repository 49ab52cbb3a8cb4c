import type { FastifyInstance } from 'fastify';
import type { Limits } from '../limits/index.ts';
import { assertPlainText, collectBody } from './body.ts';
import { parseBody } from './json.ts';

/** Lets routes read JSON, strictly and within limits, and no other type unless they add it. */
export function readJsonBodies(app: FastifyInstance, limits: Limits): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (request, payload, done) => {
    assertPlainText(request);
    collectBody(request, payload, limits, parse, done);

    function parse(bytes: Buffer): void {
      let body: unknown;
      try {
        app.admit(request);
        body = parseBody(bytes, limits);
      } catch (problem) {
        done(problem as Error);
        return;
      }
      done(null, body);
    }
  });
}
