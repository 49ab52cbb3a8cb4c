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

/** For answers that are sent once: predictions compress to a tenth anyway, and Brotli takes half the time of gzip. */
const quick: typeof small = {
  br: (bytes) => brotlied(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  gzip: (bytes) => gzipped(bytes, { level: 1 }),
};

export const codings = ['br', 'gzip'] as const;

/** Compresses an answer, in another thread, if the client asks for it and it is large enough. */
export function compressed(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  answer: string | Buffer,
): string | Buffer | Promise<Buffer> {
  if (answer.length < leastBytes) return answer;
  addVary(reply, 'accept-encoding');
  const coding = acceptedCoding(headers['accept-encoding'], codings) as Coding | undefined;
  if (coding === undefined) return answer;
  reply.header('content-encoding', coding);
  return quick[coding](Buffer.from(answer));
}
