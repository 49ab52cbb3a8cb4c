import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../server/problem.ts';
import { askForBody, deadline, type Limits } from './index.ts';

type BodyLimits = Pick<Limits, 'bodyBytes' | 'bodySeconds'>;

/** Refuses compressed bodies, which can unpack into far larger ones, and other encodings than UTF-8. @throws Problem WRONG_TYPE */
export function assertPlainText({ headers }: FastifyRequest): void {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity')
    throw new Problem('WRONG_TYPE', 'send it uncompressed, without content-encoding', undefined, {
      'accept-encoding': 'identity',
    });
  const type = headers['content-type'];
  if (type === undefined || !type.includes(';')) return;
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(type)?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Problem('WRONG_TYPE', 'send it in UTF-8');
}

/**
 * Reads the whole body, within the limits of size and time: TOO_LARGE, TOO_SLOW. Without a promise, since it runs for each single row.
 */
export function collectBody(
  { headers }: FastifyRequest,
  payload: IncomingMessage,
  { bodyBytes, bodySeconds }: BodyLimits,
  resolve: (bytes: Buffer) => void,
  reject: (error: Error) => void,
): void {
  if (Number(headers['content-length']) > bodyBytes) {
    reject(tooLarge(bodyBytes));
    return;
  }
  askForBody(payload);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const arrived = deadline(bodySeconds * 1000, () => {
    refuse(new Problem('TOO_SLOW', `it did not arrive within ${bodySeconds} seconds`));
  });
  function refuse(error: Error): void {
    arrived();
    payload.removeListener('data', take).removeListener('end', end);
    reject(error);
  }
  function take(chunk: Buffer): void {
    bytes += chunk.length;
    if (bytes > bodyBytes) refuse(tooLarge(bodyBytes));
    else chunks.push(chunk);
  }
  function end(): void {
    arrived();
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    chunks.length = 0; // so that a body that waits in the queue is in memory only once
    resolve(body);
  }
  payload.on('data', take).on('end', end).on('error', refuse);
}

const tooLarge = (bodyBytes: number): Problem =>
  new Problem('TOO_LARGE', `it has more than ${bodyBytes} bytes`);
