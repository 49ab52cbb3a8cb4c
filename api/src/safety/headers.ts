import type { FastifyInstance } from 'fastify';

/**
 * What a browser may do with an answer of the API: nothing but hand it to who asked. A page puts its own policy over this one.
 * By hand, because of what helmet sets by default the half is for pages, and all of it would be made anew for each answer.
 */
const headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
