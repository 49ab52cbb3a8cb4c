import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** An id that cannot break a line of the log or a header, as those of gateways and tracers are. */
const saneId = /^[\w.:@/+=-]{1,128}$/;
/** W3C Trace Context, version 00: trace, parent, flags. https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The id that the client, or the gateway before it, gave the request; a new one where it gave none, or one that is not sane. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && saneId.test(given) ? given : newId();
}

const idBytes = 12;
/** Drawn for many ids at once, and written in one piece: `randomUUID` puts each together of twenty. */
const random = Buffer.alloc(idBytes * 256);
let used = random.length;

function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += idBytes;
  return random.toString('hex', used - idBytes, used);
}

/** Tells each answer the id of its request, and the trace that it belongs to where the client named one. */
export function addTracing(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const trace = traceOf(request);
    if (trace !== undefined) reply.header('traceparent', trace);
    done();
  });
}

/** The `traceparent` of a request, where it is one. */
export function traceOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const given = headers.traceparent;
  return typeof given === 'string' && traceparent.test(given) ? given : undefined;
}
