import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { ConfigError } from '../server/config-error.ts';
import { Problem } from '../server/problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether headers have a key that predictions need; absent if they need none. */
    knowsKey?(headers: IncomingHttpHeaders): boolean;
  }
}

/**
 * Requires a key, in `Authorization: Bearer KEY` or `X-API-Key: KEY`, for every POST: predictions by any protocol. The model's
 * description, health and metrics stay open.
 * @param file one key a line: its SHA-256 in hexadecimal, then a space and any comment; blank lines and lines that begin with # are ignored
 * @throws ConfigError for a file that cannot be used
 */
export async function addApiKeys(app: FastifyInstance, file: string): Promise<void> {
  const hashes = await readHashes(file);
  const knowsKey = (headers: IncomingHttpHeaders): boolean => isKnown(presentedKey(headers), hashes);
  app.decorate('knowsKey', knowsKey);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST' || knowsKey(request.headers)) return done();
    reply.header('www-authenticate', 'Bearer');
    done(new Problem('UNAUTHORIZED', 'send a key that this server knows, as in Authorization: Bearer KEY'));
  });
}

/** A request without a key is checked as one with an empty key. */
const hashOfEmptyKey = createHash('sha256').update('').digest('hex');

async function readHashes(file: string): Promise<Buffer[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`API_KEYS_FILE is "${file}", which cannot be read: ${error.code}`);
  });
  const hashes = text.split('\n').flatMap((line, i) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const hash = /^([0-9a-f]{64})(\s|$)/i.exec(line)?.[1];
    if (hash?.toLowerCase() === hashOfEmptyKey)
      throw new ConfigError(
        `API_KEYS_FILE, line ${i + 1}: this is the SHA-256 of an empty key; set KEY and make it again with: printf %s KEY | sha256sum`,
      );
    if (hash) return [Buffer.from(hash, 'hex')];
    throw new ConfigError(
      `API_KEYS_FILE, line ${i + 1}: does not begin with a SHA-256 of 64 digits; make it with: printf %s KEY | sha256sum`,
    );
  });
  if (hashes.length === 0)
    throw new ConfigError(
      `API_KEYS_FILE is "${file}", which has no key; add a line made with: printf %s KEY | sha256sum`,
    );
  return hashes;
}

function presentedKey(headers: IncomingHttpHeaders): string {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : (/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
}

/** Takes the same time for every key: all hashes are compared, each in constant time. */
function isKnown(key: string, hashes: readonly Buffer[]): boolean {
  const presented = createHash('sha256').update(key).digest();
  return hashes.reduce((known, hash) => timingSafeEqual(presented, hash) || known, false);
}
