import type { FastifyReply } from 'fastify';

/** Says that the response depends on these headers of the request too. */
export function addVary(reply: FastifyReply, fields: string): void {
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? fields : `${vary}, ${fields}`);
}
