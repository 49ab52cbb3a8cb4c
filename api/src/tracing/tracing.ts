import { randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** An id that is safe in a log line, a header, JSON and CSV; those of gateways and tracers are. */
const safeId = /^[\w.:@/+=-]{1,128}$/;
/** W3C Trace Context, version 00: trace, parent, flags. https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparent = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The id that the client or the gateway gave the request; a new one if there is none, or if it is not safe. */
export function requestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && safeId.test(given) ? given : newId();
}

const idBytes = 12;
/** Random bytes for many ids at once. `randomUUID` joins twenty pieces for each id, which is slower. */
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

/** Adds the id of the request to each response, and its trace if the client named one. */
export function addTracing(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const trace = traceOf(request);
    if (trace !== undefined) reply.header('traceparent', trace);
    done();
  });
}

/** The `traceparent` of a request, if it is valid. */
export function traceOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const given = headers.traceparent;
  return typeof given === 'string' && traceparent.test(given) ? given : undefined;
}
