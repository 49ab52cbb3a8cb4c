import type { FastifyReply, FastifyRequest } from 'fastify';
import { settleConnection, toProblem } from '../server/problem.ts';

/** A request that the protocol or the model refuses. The answer has only its message: `{"error": "…"}`. */
export class Fault extends Error {
  override name = 'Fault';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(message: string, status = 400, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** Text of a request, shortened for a message to the client. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Whether an address belongs to the protocol, whose errors have their own shape. */
export const isOfProtocol = (url: string | undefined): boolean => /^\/v2(?:[/?#]|$)/.test(url ?? '');

/** Answers any error in the shape of the protocol. */
export function sendFault(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, message } = toFault(error);
  if (status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  settleConnection(reply, status);
  return sendJson(reply.code(status).headers(headers), { error: message });
}

/** Sends JSON without a charset: KServe's client reads the error of a response whose content type is exactly this one. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  reply.header('content-type', 'application/json').send(Buffer.from(JSON.stringify(value)));

/** What the client is told of an error. */
export function toFault(error: Error): Fault {
  if (error instanceof Fault) return error;
  const { status, headers, details } = toProblem(error);
  return new Fault(`${details.title}: ${details.detail}`, status, headers);
}
