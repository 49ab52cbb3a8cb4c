import type { FastifyInstance } from 'fastify';
import { assertPlainText, collectBody } from './body.ts';
import type { Limits } from './index.ts';

/** Lets routes read bodies of these types whole, within limits and when they are admitted. Routes add other types themselves. */
export function readBodies(app: FastifyInstance, types: string[], limits: Limits): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(types, (request, payload, done) => {
    assertPlainText(request);
    collectBody(request, payload, limits, admit, done);

    function admit(bytes: Buffer): void {
      try {
        const turn = app.admit(request, bytes.length);
        if (turn) turn.then(() => done(null, bytes));
        else done(null, bytes);
      } catch (problem) {
        done(problem as Error);
      }
    }
  });
}
