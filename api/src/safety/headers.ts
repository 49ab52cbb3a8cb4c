import type { FastifyInstance } from 'fastify';

/**
 * What a browser may do with an answer of the API: nothing but hand it to who asked. A page sets its own policy, which stays.
 * By hand, because of what helmet sets by default the half is for pages, and all of it would be made anew for each answer.
 */
const headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('content-security-policy')) reply.headers(headers);
    done(null, payload);
  });
}
