import type { FastifyInstance } from 'fastify';
import { addVary } from '../server/vary.ts';

/** Headers of responses that a page may read, besides those that every page may. */
const exposed = 'allow, etag, retry-after, x-request-id';
/** Seconds for which a browser need not ask again whether it may send a request. */
const askedAgainAfter = '600';

/**
 * Lets pages of these origins call the API (https://fetch.spec.whatwg.org/#http-cors-protocol). Call this before any hook that refuses a
 * request, so that a page can read the reason.
 */
export function addCors(app: FastifyInstance, origins: readonly string[]): void {
  const known = new Set(origins);
  app.addHook('onRequest', (request, reply, done) => {
    addVary(reply, 'origin');
    const { headers } = request;
    if (headers.origin === undefined || !known.has(headers.origin)) return done();
    reply.header('access-control-allow-origin', headers.origin);
    const asks = request.method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    const methods = asks ? app.allowedMethods(request.url) : undefined;
    if (methods === undefined) {
      reply.header('access-control-expose-headers', exposed);
      return done();
    }
    const wanted = headers['access-control-request-headers'];
    addVary(reply, 'access-control-request-headers');
    if (wanted !== undefined) reply.header('access-control-allow-headers', wanted);
    reply
      .code(204)
      .headers({ 'access-control-allow-methods': methods, 'access-control-max-age': askedAgainAfter })
      .send();
  });
}
