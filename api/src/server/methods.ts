import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods of the routes at this URL, as in `Allow`; undefined if it has none. */
    allowedMethods(url: string): string | undefined;
  }
}

/** Lets the app know the methods of every address. Call this before the routes are registered. */
export function addAllowedMethods(app: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return; // of the plugin for CORS, which takes OPTIONS at every address
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  app.decorate('allowedMethods', (url) => {
    const path = decoded(url.split('?', 1)[0]);
    const route = [...routes.values()].find(({ pattern }) => pattern.test(path));
    return route && [...route.methods].join(', ');
  });
}

/** Answers requests without a route by `sendUnrouted`. Call this before the routes are registered. */
export function answerUnrouted(app: FastifyInstance): void {
  app.removeAllContentTypeParsers(); // do not wait for a body that no route reads
  app.setNotFoundHandler(sendUnrouted);
}

/** Answers a request without a route: 405 if its address has other methods, else 404. */
export function sendUnrouted({ url, method, server }: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (url === '*') return answerAsterisk(method, reply);
  const allow = server.allowedMethods(url);
  if (allow === undefined)
    return sendProblem(reply, new Problem('NOT_FOUND', 'GET /openapi.json lists all addresses'));
  return sendProblem(reply, new Problem('METHOD_NOT_ALLOWED', `it takes ${allow}`, undefined, { allow }));
}

/** The asterisk stands for the whole server, and only OPTIONS takes it (RFC 9112, section 3.2.4). */
function answerAsterisk(method: string, reply: FastifyReply): FastifyReply {
  if (method === 'OPTIONS') return reply.code(204).header('allow', 'GET, HEAD, POST').send();
  return sendProblem(reply, new Problem('BAD_REQUEST', 'only OPTIONS takes the address *'));
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path; // an address that is not UTF-8 has no route
  }
}

/** The pattern of a route's address: `:name` is one segment, `*` anything. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
