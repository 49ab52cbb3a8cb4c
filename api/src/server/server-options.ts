import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyInstance, FastifyRequest } from 'fastify';
import { closeInStages, isRefused, leaveRefused } from '../admission/closing.ts';
import type { Limits } from '../admission/limits.ts';
import { isOfProtocol, sendFault } from '../v2/fault.ts';
import { Problem, sendProblem, toProblem } from './problem.ts';

/** Milliseconds between two checks for requests that take too long. */
const checkEvery = 1000;

/** Options of the HTTP server that keep slow and malformed requests from harming other requests. */
export function serverOptions(limits: Limits) {
  return {
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.idleSeconds * 1000,
    requestTimeout: limits.streamSeconds * 1000,
    routerOptions: { maxParamLength: limits.headerBytes }, // a name of any length is only unknown
    http: {
      headersTimeout: limits.headerSeconds * 1000,
      connectionsCheckingInterval: checkEvery,
      maxHeaderSize: limits.headerBytes,
      joinDuplicateHeaders: true, // so that a second Host, Content-Type or Authorization is noticed
      requireHostHeader: false, // Node's own 400 has no explanation
    },
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) =>
      isOfProtocol(request.url) ? sendFault(error, request, reply) : sendProblem(reply, toProblem(error)),
  } satisfies FastifyHttpOptions<Server>;
}

const malformed: Record<string, () => Problem> = {
  HPE_HEADER_OVERFLOW: () => new Problem('HEADERS_TOO_LARGE', 'send fewer or shorter headers'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Problem('TOO_LARGE', 'send chunks without extensions'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem('TOO_SLOW', 'send the whole request without pauses'),
};

/** Not imported: that would load all of Node's HTTP, WebSocket and fetch too, at each start. */
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** Answers invalid HTTP. There is no request object yet, so the response is written to the socket directly. */
function answerMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (isRefused(socket)) {
    closeInStages(socket); // the client has stopped sending, but may not have read the response yet
    return;
  }
  // What was written before may be the beginning of another response.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.resetAndDestroy();
    return;
  }
  const { status, details } =
    malformed[error.code ?? '']?.() ?? new Problem('BAD_REQUEST', 'it is not valid HTTP/1.1');
  const body = JSON.stringify(details);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.removeAllListeners('data').resume(); // discard the rest, without parsing it
  closeInStages(socket);
}

/** Milliseconds that a new connection has, at most, to begin its first request, once the server closes. */
const lastChance = 500;

/**
 * Resets idle connections, so that no client takes a partial response for a complete one. A server that closes does not wait for those on
 * which nothing was ever sent, such as browsers open in advance: Node takes them for busy.
 */
export function resetIdleConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  app.server.on('timeout', (socket: Socket) => socket.resetAndDestroy());
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    leaveRefused();
    const resets = setInterval(() => {
      for (const socket of open) if (socket.bytesRead === 0) socket.resetAndDestroy();
    }, lastChance);
    app.server.once('close', () => clearInterval(resets));
    resets.unref();
  });
}

/** Resets the connection of a request. */
export function cutOff({ raw }: FastifyRequest): void {
  raw.socket.resetAndDestroy();
}
