import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { Problem } from '../server/problem.ts';
import { addressOf, inNetworks } from './networks.ts';
import type { Safety } from './settings.ts';

const minute = 60_000;
/** Clients whose counts are kept; an IPv6 client is its whole /64. */
const clientsKept = 10_000;

/** Answers 429 to a client that posts more than its share in a minute; who only looks is not counted. */
export async function addRateLimit(
  app: FastifyInstance,
  { rateLimit: max, rateLimitExempt }: Safety,
): Promise<void> {
  if (max === 0) return;
  const limit = await limiter(app, max);
  const isExempt = inNetworks(rateLimitExempt);
  app.addHook('onRequest', function limitPosts(request, reply, done) {
    if (request.method !== 'POST') return done();
    const { ip } = request;
    if (isExempt(ip)) return done();
    limit.call(this, countedBy(request, ip), reply).then(() => done(), done);
  });
}

/** The request as the plugin counts it: by the address alone; all whose address is not known are one client. */
function countedBy(request: FastifyRequest, ip: string): FastifyRequest {
  const address = addressOf(ip) ?? 'unknown';
  return address === ip ? request : Object.create(request, { ip: { value: address } });
}

/** Registered apart, for the plugin adds a property to each request, which takes longer than to see that a client is exempt. */
async function limiter(app: FastifyInstance, max: number): Promise<preHandlerAsyncHookHandler> {
  const { promise, resolve } = Promise.withResolvers<preHandlerAsyncHookHandler>();
  await app.register(async (apart) => {
    await apart.register(rateLimit, {
      global: false,
      max,
      timeWindow: minute,
      cache: clientsKept,
      ipv6Subnet: 64,
      errorResponseBuilder: () =>
        new Problem('TOO_MANY_REQUESTS', `the limit of requests per minute and client is ${max}`), // the plugin sets Retry-After
    });
    resolve(apart.rateLimit());
  });
  return promise;
}
