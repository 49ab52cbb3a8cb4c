import type { FastifyInstance } from 'fastify';
import { parseBody } from '../formats/parse-json.ts';
import { assertPlainText, collectBody } from './body.ts';
import type { Limits } from './index.ts';

/** Lets routes read JSON, strictly and within limits. Routes add other types themselves. */
export const readJsonBodies = (app: FastifyInstance, limits: Limits): void =>
  readBodies(app, ['application/json'], limits, (bytes) => parseBody(bytes, limits));

/** The same for other types; `read` turns the bytes into the `body` that the handler gets. */
export function readBodies(
  app: FastifyInstance,
  types: string[],
  limits: Limits,
  read: (bytes: Buffer) => unknown,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(types, (request, payload, done) => {
    assertPlainText(request);
    collectBody(request, payload, limits, admit, done);

    function admit(bytes: Buffer): void {
      try {
        const turn = app.admit(request, bytes.length);
        if (turn) turn.then(() => finish(bytes));
        else finish(bytes);
      } catch (problem) {
        done(problem as Error);
      }
    }

    function finish(bytes: Buffer): void {
      let body: unknown;
      try {
        body = read(bytes);
      } catch (problem) {
        done(problem as Error);
        return;
      }
      done(null, body);
    }
  });
}
