import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { Limits } from '../admission/index.ts';
import { addShedding } from '../admission/shedding.ts';
import { addApiKeys } from './api-keys.ts';
import { addForwarded } from './forwarded.ts';
import { addHostCheck } from './host.ts';
import { addRateLimit } from './rate-limit.ts';
import type { Safety } from './settings.ts';

export { addCors } from './cors.ts';
export { readForwarded } from './forwarded.ts';
export { originOf } from './host.ts';
export { inNetworks } from './networks.ts';
export { defaultSafety, readSafety, type Safety } from './settings.ts';

/**
 * Headers that let a browser do nothing with an answer but hand it to the page that requested it; a page sets a policy of its own over
 * this one. Not by helmet: half of its headers are for pages, and it builds all of them again for each answer.
 */
const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const addSecurityHeaders: onRequestHookHandler = (_request, reply, done) => {
  reply.headers(securityHeaders);
  done();
};

/** Adds all checks of who may send what; call it before any route is added. */
export async function addSafety(app: FastifyInstance, safety: Safety, limits: Limits): Promise<void> {
  app.addHook('onRequest', addSecurityHeaders);
  addHostCheck(app);
  if (safety.trustProxy.length > 0) addForwarded(app);
  addShedding(app, safety, limits);
  await addRateLimit(app, safety); // before the keys, so that requests with a wrong key are counted
  if (safety.apiKeysFile !== undefined) await addApiKeys(app, safety.apiKeysFile);
}
