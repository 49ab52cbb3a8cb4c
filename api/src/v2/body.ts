import type { IncomingMessage } from 'node:http';
import { gunzip, type InputType, inflate, type ZlibOptions } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectBody } from '../admission/body.ts';
import type { Limits } from '../admission/index.ts';
import { parseBody } from '../formats/parse-json.ts';
import { Fault, quoted } from './fault.ts';

/** A body: a request object, and the bytes behind it. */
export interface ReadBody {
  json: unknown;
  bytes: Uint8Array;
}

/** Of the JSON in front of binary tensor data. Fastify gives the names of headers in lower case. */
export const jsonLengthHeader = 'inference-header-content-length';

/** Triton's clients send no type, and KServe's client this one with binary data; both begin with JSON. */
const types = ['application/json', 'application/octet-stream'];

/**
 * Reads bodies as Triton's clients send them: of no type, compressed, or with binary tensor data behind the JSON. The limits hold before
 * and after a body is unpacked.
 */
export function readBodies(app: FastifyInstance, limits: Limits): void {
  app.addHook('onRequest', (request, reply, done) => {
    // a small body can unpack into a large one
    if (codingOf(request) !== undefined) app.announceBatch(request, reply);
    done();
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    '*',
    async (request: FastifyRequest, payload: IncomingMessage): Promise<ReadBody> => {
      assertType(request.headers['content-type']);
      const unpack = unpackers[codingOf(request) ?? 'identity'];
      if (!unpack) throw new Fault('the content-encoding is not supported; send gzip, deflate or none', 415);
      const sent = await new Promise<Buffer>((resolve, reject) =>
        collectBody(request, payload, limits, resolve, reject),
      );
      const body = await unpack(sent, limits.bodyBytes);
      await app.admit(request, body.length);
      const length = jsonLength(request.headers[jsonLengthHeader], body.length);
      return { json: parseBody(body.subarray(0, length), limits), bytes: body.subarray(length) };
    },
  );
}

/** The coding of a body; undefined if it has none. */
function codingOf({ headers }: FastifyRequest): string | undefined {
  const coding = headers['content-encoding']?.trim().toLowerCase();
  return coding === 'identity' ? undefined : coding;
}

/** @throws Fault */
function assertType(header: string | undefined): void {
  if (header === undefined || header === '') return;
  const type = header.split(';', 1)[0].trim().toLowerCase();
  if (!types.includes(type))
    throw new Fault(
      `the content type ${quoted(type)} is not supported; send ${types.join(' or ')}, or none`,
      415,
    );
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(header)?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Fault('send JSON in UTF-8', 415);
}

/** The bytes of JSON at the beginning of a body. @throws Fault */
function jsonLength(header: string | string[] | undefined, bytes: number): number {
  if (header === undefined) return bytes;
  if (typeof header === 'string' && /^\d{1,15}$/.test(header) && Number(header) <= bytes)
    return Number(header);
  throw new Fault(
    `Inference-Header-Content-Length is not a whole number up to the bytes of the body, ${bytes}`,
  );
}

type Unpack = (bytes: Buffer, most: number) => Buffer | Promise<Buffer>;

/** In the protocol, as in browsers, `deflate` is the format of zlib. */
const unpackers: Record<string, Unpack | undefined> = {
  identity: (bytes) => bytes,
  gzip: unpackedBy(gunzip, 'gzip'),
  deflate: unpackedBy(inflate, 'deflate'),
};

type Zlib = (
  bytes: InputType,
  options: ZlibOptions,
  done: (error: NodeJS.ErrnoException | null, unpacked: Buffer) => void,
) => void;

function unpackedBy(zlib: Zlib, coding: string): Unpack {
  return (bytes, most) =>
    new Promise((resolve, reject) => {
      zlib(bytes, { maxOutputLength: most }, (error, unpacked) => {
        if (!error) resolve(unpacked);
        else if (error.code === 'ERR_BUFFER_TOO_LARGE')
          reject(new Fault(`The body is too large: it unpacks into more than ${most} bytes`, 413));
        else reject(new Fault(`the body is not ${coding}, which its content-encoding says`));
      });
    });
}
