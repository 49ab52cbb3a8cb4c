import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Limits } from '../limits/index.ts';
import { Problem } from '../problem.ts';

/** Refuses what would have to be unpacked or translated first: a small bomb can unpack into a large one. @throws Problem WRONG_TYPE */
export function assertPlainText({ headers }: FastifyRequest): void {
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity')
    throw new Problem('WRONG_TYPE', 'send it as it is, without content-encoding', undefined, {
      'accept-encoding': 'identity',
    });
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    throw new Problem('WRONG_TYPE', 'send it in UTF-8');
}

/** The whole body, within limits of size and time. @throws Problem TOO_LARGE, TOO_SLOW */
export function readBody(
  { headers }: FastifyRequest,
  payload: IncomingMessage,
  { bodyBytes, bodySeconds }: Pick<Limits, 'bodyBytes' | 'bodySeconds'>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () =>
      new Problem('TOO_LARGE', `it has more than ${bodyBytes} bytes`, undefined, { connection: 'close' });
    if (Number(headers['content-length']) > bodyBytes) {
      payload.resume();
      reject(tooLarge());
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    const timer = setTimeout(() => {
      const detail = `it did not arrive within ${bodySeconds} seconds`;
      refuse(new Problem('TOO_SLOW', detail, undefined, { connection: 'close' }));
    }, bodySeconds * 1000);
    function refuse(error: Error): void {
      clearTimeout(timer);
      payload.removeListener('data', take).resume();
      reject(error);
    }
    function take(chunk: Buffer): void {
      bytes += chunk.length;
      if (bytes > bodyBytes) refuse(tooLarge());
      else chunks.push(chunk);
    }
    payload
      .on('data', take)
      .on('error', refuse)
      .on('end', () => {
        clearTimeout(timer);
        resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      });
  });
}
