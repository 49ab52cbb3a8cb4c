import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

const waiting = new WeakMap<IncomingMessage, ServerResponse>();

/** Lets requests with `Expect: 100-continue` be refused by their headers; Node alone would ask for each body at once. */
export function holdExpectations({ server }: FastifyInstance): void {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    waiting.set(request, response);
    server.emit('request', request, response);
  });
}

/** Asks for the body, if the client waits to be asked. */
export function askForBody(request: IncomingMessage): void {
  if (request.headers.expect !== undefined) waiting.get(request)?.writeContinue();
}
