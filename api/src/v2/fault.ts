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

/** Answers any error in the shape of the protocol. */
export function sendFault(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, message } = error instanceof Fault ? error : toFault(error);
  if (status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  settleConnection(reply, status);
  return reply.code(status).headers(headers).send({ error: message });
}

function toFault(error: Error): Fault {
  const { status, headers, details } = toProblem(error);
  return new Fault(`${details.title}: ${details.detail}`, status, headers);
}
