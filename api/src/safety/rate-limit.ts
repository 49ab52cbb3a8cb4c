import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { Problem } from '../server/problem.ts';
import { addressOf, inNetworks } from './networks.ts';
import type { Safety } from './settings.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a call that is no request of HTTP; absent if there is no limit. @throws Problem TOO_MANY_REQUESTS */
    limitClient?(ip: string): Promise<void>;
  }
}

const minute = 60_000;
/** How many clients are counted at a time; an IPv6 client is its whole /64. */
const clientsKept = 10_000;

/** Answers 429 to a client that sends more POST requests than `rateLimit` in a minute; other requests are not counted. */
export async function addRateLimit(
  app: FastifyInstance,
  { rateLimit: max, rateLimitExempt }: Safety,
): Promise<void> {
  if (max === 0) return;
  const limit = await limiter(app, max);
  const isExempt = inNetworks(rateLimitExempt);
  app.decorate('limitClient', async (ip) => {
    if (isExempt(ip)) return;
    const counted = { ip: countedAs(ip), routeOptions: {} } as FastifyRequest;
    const silent = { header() {} } as unknown as FastifyReply; // the plugin's headers have no place there
    await (limit as (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>).call(
      app,
      counted,
      silent,
    );
  });
  app.addHook('onRequest', function limitPosts(request, reply, done) {
    if (request.method !== 'POST') return done();
    const { ip } = request;
    if (isExempt(ip)) return done();
    limit.call(this, countedBy(request, ip), reply).then(() => done(), done);
  });
}

/** The address that the plugin counts; all clients with an unknown address count as one. */
const countedAs = (ip: string): string => addressOf(ip) ?? 'unknown';

function countedBy(request: FastifyRequest, ip: string): FastifyRequest {
  const address = countedAs(ip);
  return address === ip ? request : Object.create(request, { ip: { value: address } });
}

/** In a scope of its own: the plugin adds a property to each request of its scope, which takes longer than the check for exempt clients. */
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
        new Problem('TOO_MANY_REQUESTS', `one client may send at most ${max} POST requests a minute`), // the plugin sets Retry-After
    });
    resolve(apart.rateLimit());
  });
  return promise;
}
