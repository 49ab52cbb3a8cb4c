import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedCoding } from './accept.ts';
import { addVary } from './vary.ts';

export type Coding = 'br' | 'gzip';

/** Smaller answers are not compressed: they fit into one packet anyway. */
const leastBytes = 1024;

const gzipped = promisify<Buffer, object, Buffer>(gzip);
const brotlied = promisify<Buffer, object, Buffer>(brotliCompress);

/** For answers that are made once and sent often. */
export const small: Record<Coding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => brotlied(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes) => gzipped(bytes, { level: 9 }),
};

/**
 * Compresses an answer if the client asks for it and it is large enough. Fast rather than small, in another thread: the answer is sent once,
 * and predictions compress to a tenth anyway.
 */
export function compressed(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  answer: string | Buffer,
): string | Buffer | Promise<Buffer> {
  if (answer.length < leastBytes) return answer;
  addVary(reply, 'accept-encoding');
  if (acceptedCoding(headers['accept-encoding'], ['gzip']) === undefined) return answer;
  reply.header('content-encoding', 'gzip');
  return gzipped(Buffer.from(answer), { level: 1 });
}
