import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** From now on the server is not ready, and asks every client to connect anew, which leads it elsewhere. */
    drain(): void;
    isDraining(): boolean;
  }
}

/** Lets the server say that it is about to stop, while it still answers everything. */
export function addDraining(app: FastifyInstance): void {
  let draining = false;
  app.decorate('drain', () => {
    draining = true;
  });
  app.decorate('isDraining', () => draining);
  // as a request arrives: a hook before each answer would cost all of them more, to tell the few that were there already
  app.addHook('onRequest', (_request, reply, done) => {
    if (draining) reply.header('connection', 'close');
    done();
  });
}
