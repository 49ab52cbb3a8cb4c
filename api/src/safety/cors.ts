import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Headers of responses that a page may read, besides those that every page may. */
const exposed = ['allow', 'etag', 'retry-after', 'x-request-id'];
/** Seconds for which a browser need not ask again whether it may send a request. */
const askedAgainAfter = 600;

/**
 * Lets pages of these origins call the API (https://fetch.spec.whatwg.org/#http-cors-protocol). Only what is a preflight of an address that
 * exists is answered here, with the methods of that address. Call this before any hook that refuses a request, so that a page can read the
 * reason.
 */
export async function addCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  const known = new Set(origins);
  const optionsFor = ({ method, url, headers }: FastifyRequest): FastifyCorsOptions => {
    const { origin = '' } = headers;
    if (!known.has(origin)) return { origin: false };
    const asks = method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
    const methods = asks ? app.allowedMethods(url) : undefined;
    if (methods === undefined) return { origin, exposedHeaders: exposed, preflight: false };
    return { origin, methods, maxAge: askedAgainAfter };
  };
  await app.register(cors, { delegator: (request, done) => done(null, optionsFor(request)) });
}
