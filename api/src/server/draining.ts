import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on the server is not ready, and closes each connection after its response, so that clients move to other instances. */
    drain(): void;
    isDraining(): boolean;
  }
}

/** Lets the server announce that it will stop, while it still answers every request. */
export function addDraining(app: FastifyInstance): void {
  let draining = false;
  app.decorate('drain', () => {
    draining = true;
  });
  app.decorate('isDraining', () => draining);
  // onRequest and not onSend, which would cost every response more for the few requests that are under way when draining begins
  app.addHook('onRequest', (_request, reply, done) => {
    if (draining) reply.header('connection', 'close');
    done();
  });
}
