import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

/**
 * Collects the routes that are registered from now on.
 * @returns a function that gives the methods of an address, none for one that is unknown
 */
export function methodsByPath(app: FastifyInstance): (path: string) => string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return (path) => [...([...routes.values()].find(({ pattern }) => pattern.test(path))?.methods ?? [])];
}

/** Answers requests without a route: 405 if the address has other methods, else 404. Call this before the routes are registered. */
export function answerUnrouted(app: FastifyInstance): void {
  const methodsAt = methodsByPath(app);
  app.removeAllContentTypeParsers(); // do not wait for a body that no route reads
  app.setNotFoundHandler(({ url }: FastifyRequest, reply: FastifyReply) => {
    const allow = methodsAt(url.split('?', 1)[0]).join(', ');
    if (allow === '')
      return sendProblem(reply, new Problem('NOT_FOUND', 'GET /openapi.json lists all addresses'));
    return sendProblem(reply, new Problem('METHOD_NOT_ALLOWED', `it takes ${allow}`, undefined, { allow }));
  });
}

/** The pattern of a route's address: `:name` is one segment, `*` anything. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
