import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A request and how it was answered. */
export interface Answered {
  request: FastifyRequest;
  /** As registered; undefined if no route matched. */
  route: string | undefined;
  status: number;
  /** From the arrival of the headers to the end of the answer. */
  milliseconds: number;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Calls `listener` for each request that has been answered. */
    onAnswered(listener: (answered: Answered) => void): void;
  }
}

/** Collects once what logs and metrics need: Fastify builds the options of a route each time they are read. */
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
