import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request that has its answer. */
export interface Answered {
  request: FastifyRequest;
  /** As it was registered; undefined where there is none. */
  route: string | undefined;
  status: number;
  /** From the arrival of the headers to the end of the answer. */
  milliseconds: number;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Lets `listener` know of each request that has been answered. */
    onAnswered(listener: (answered: Answered) => void): void;
  }
}

/** Finds out once what all who count or log answers want to know: Fastify makes a route's options anew whenever they are read. */
export function addAnswered(app: FastifyInstance): void {
  const listeners: ((answered: Answered) => void)[] = [];
  app.decorate('onAnswered', (listener) => {
    listeners.push(listener);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode: status, elapsedTime: milliseconds } = reply;
    const answered = { request, route: request.routeOptions.url, status, milliseconds };
    for (const listener of listeners) listener(answered);
    done();
  });
}
