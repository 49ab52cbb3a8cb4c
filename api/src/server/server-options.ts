import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyInstance, FastifyRequest } from 'fastify';
import { closeInStages, isRefused, leaveRefused } from '../admission/closing.ts';
import type { Limits } from '../admission/limits.ts';
import { Problem, sendProblem, toProblem } from './problem.ts';

/** How often the server looks for requests that take too long, in milliseconds. */
const lookEvery = 1000;

/** Options of the HTTP server that keep slow and malformed requests from harming the others. */
export function serverOptions(limits: Limits) {
  return {
    bodyLimit: limits.bodyBytes,
    connectionTimeout: limits.idleSeconds * 1000,
    requestTimeout: limits.streamSeconds * 1000,
    http: {
      headersTimeout: limits.headerSeconds * 1000,
      connectionsCheckingInterval: lookEvery,
      maxHeaderSize: limits.headerBytes,
      joinDuplicateHeaders: true, // a second Host, Content-Type or Authorization is seen, not dropped
      requireHostHeader: false, // Node's own 400 says nothing
    },
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, _request, reply) => sendProblem(reply, toProblem(error)),
  } satisfies FastifyHttpOptions<Server>;
}

const malformed: Record<string, () => Problem> = {
  HPE_HEADER_OVERFLOW: () => new Problem('HEADERS_TOO_LARGE', 'send fewer or shorter headers'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => new Problem('TOO_LARGE', 'send no extensions of chunks'),
  ERR_HTTP_REQUEST_TIMEOUT: () => new Problem('TOO_SLOW', 'send it in one go'),
};

/** Node's own; an import of its module would load all of it, WebSocket and fetch too, at each start. */
const { STATUS_CODES } = process.getBuiltinModule('node:http');

/** Answers what is not HTTP; there is no request yet, so that the answer is written by hand. */
function answerMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (isRefused(socket)) {
    closeInStages(socket); // it sends no more, and may not have read the answer
    return;
  }
  // Anything sent before may be the beginning of another answer.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.resetAndDestroy();
    return;
  }
  const { status, details } =
    malformed[error.code ?? '']?.() ?? new Problem('BAD_REQUEST', 'it is not HTTP/1.1');
  const body = JSON.stringify(details);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.removeAllListeners('data').resume(); // what is still coming is not parsed
  closeInStages(socket);
}

/** Cuts idle connections off so that a client does not take what it got for the whole. */
export function resetIdleConnections(app: FastifyInstance): void {
  app.server.on('timeout', (socket: Socket) => socket.resetAndDestroy());
  app.addHook('preClose', async () => leaveRefused());
}

/** Cuts off the answer to a request. */
export function cutOff({ raw }: FastifyRequest): void {
  raw.socket.resetAndDestroy();
}
