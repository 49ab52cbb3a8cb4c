import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, sendProblem } from './problem.ts';

/** Answers what no route takes: 405 where the address has other methods, 404 where there is nothing. To be called before the routes. */
export function answerUnrouted(app: FastifyInstance): void {
  const methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const route = methods.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    methods.set(url, route);
  });

  app.removeAllContentTypeParsers(); // a body that nothing takes is not waited for
  app.setNotFoundHandler(({ url }: FastifyRequest, reply: FastifyReply) => {
    const path = url.split('?', 1)[0];
    const allowed = [...methods.values()].find(({ pattern }) => pattern.test(path))?.methods;
    if (!allowed)
      return sendProblem(reply, new Problem('NOT_FOUND', 'GET /openapi.json lists what there is'));
    const allow = [...allowed].join(', ');
    return sendProblem(reply, new Problem('METHOD_NOT_ALLOWED', `it takes ${allow}`, undefined, { allow }));
  });
}

/** What a route's address matches: `:name` is one segment, `*` anything. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[^/]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
