import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

/** Answers requests without a route: 405 if the address has other methods, else 404. Call this before the routes are registered. */
export function answerUnrouted(app: FastifyInstance): void {
  const methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = methods.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    methods.set(url, route);
  });

  app.removeAllContentTypeParsers(); // do not wait for a body that no route reads
  app.setNotFoundHandler(({ url }: FastifyRequest, reply: FastifyReply) => {
    const path = url.split('?', 1)[0];
    const allowed = [...methods.values()].find(({ pattern }) => pattern.test(path))?.methods;
    if (!allowed)
      return sendProblem(reply, new Problem('NOT_FOUND', 'GET /openapi.json lists all addresses'));
    const allow = [...allowed].join(', ');
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
