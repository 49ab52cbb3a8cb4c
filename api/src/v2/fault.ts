import type { FastifyReply, FastifyRequest } from 'fastify';
import { toProblem } from '../problem.ts';

/** A request that the protocol, or the model, cannot take. Its message becomes the whole answer: `{"error": "…"}`. */
export class Fault extends Error {
  override name = 'Fault';
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** Answers with an error in the protocol's own shape, whatever went wrong and wherever. */
export function sendFault(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Fault) return reply.code(error.status).send({ error: error.message });
  const { status, headers, details } = toProblem(error);
  if (status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  return reply
    .code(status)
    .headers(headers)
    .send({ error: `${details.title}: ${details.detail}` });
}
