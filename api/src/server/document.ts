import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedCoding, answerType } from './accept.ts';
import { type Coding, codings, small } from './coding.ts';
import { addVary } from './vary.ts';

/** A text that many clients get, as it is sent. */
interface Document {
  bytes: Buffer;
  hash: string;
  compressed: Partial<Record<Coding, Promise<Buffer>>>;
}

/** The documents that were sent last, by hash. */
const known = new Map<string, Document>();
const mostKnown = 50;

/**
 * Sends a text that seldom changes: compressed if asked for, and not at all to a client that has it (304, RFC 9110, section 13.1.2).
 * @throws Problem NOT_ACCEPTABLE
 */
export async function sendDocument(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, text }: { type: string; text: string | Buffer },
): Promise<FastifyReply> {
  answerType(headers.accept, [type]);
  const { bytes, hash, compressed } = documentOf(text);
  const coding = acceptedCoding(headers['accept-encoding'], codings) as Coding | undefined;
  const etag = coding === undefined ? `"${hash}"` : `"${hash}-${coding}"`;
  addVary(reply, 'accept-encoding');
  reply.headers({ 'cache-control': 'no-cache', etag });
  if (names(headers['if-none-match'], etag)) return reply.code(304).send();
  reply.type(type);
  if (coding === undefined) return reply.send(bytes);
  compressed[coding] ??= small[coding](bytes);
  return reply.header('content-encoding', coding).send(await compressed[coding]);
}

/** Whether `If-None-Match` has this tag; weak tags are compared as strong ones. */
const names = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || [...header.matchAll(/"[^"]*"/g)].some(([tag]) => tag === etag));

function documentOf(text: string | Buffer): Document {
  const bytes = Buffer.from(text);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  let document = known.get(hash);
  if (!document) {
    document = { bytes, hash, compressed: {} };
    if (known.size >= mostKnown) known.clear();
    known.set(hash, document);
  }
  return document;
}
