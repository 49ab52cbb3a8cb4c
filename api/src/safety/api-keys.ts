import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ConfigError } from '../server/config-error.ts';
import { Problem } from '../server/problem.ts';

/**
 * Asks for a key, in `Authorization: Bearer KEY` or `X-API-Key: KEY`, wherever something is posted: all predictions, by
 * whichever protocol. What the model says of itself, health and metrics stay open.
 * @param file a line per key: the SHA-256 of the key in hexadecimal, then anything; empty lines and those with # say nothing
 * @throws ConfigError where the file cannot be used
 */
export async function addApiKeys(app: FastifyInstance, file: string): Promise<void> {
  const hashes = await readHashes(file);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST' || isKnown(presentedKey(request), hashes)) return done();
    reply.header('www-authenticate', 'Bearer');
    done(new Problem('UNAUTHORIZED', 'send a key that this server knows, as in Authorization: Bearer KEY'));
  });
}

/** Who sends no key sends an empty one. */
const ofNothing = createHash('sha256').update('').digest('hex');

async function readHashes(file: string): Promise<Buffer[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`API_KEYS_FILE is "${file}", which cannot be read: ${error.code}`);
  });
  const hashes = text.split('\n').flatMap((line, i) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const hash = /^([0-9a-f]{64})(\s|$)/i.exec(line)?.[1];
    if (hash?.toLowerCase() === ofNothing)
      throw new ConfigError(
        `API_KEYS_FILE, line ${i + 1}: is the SHA-256 of an empty key; was KEY set when it was made?`,
      );
    if (hash) return [Buffer.from(hash, 'hex')];
    throw new ConfigError(
      `API_KEYS_FILE, line ${i + 1}: does not begin with a SHA-256 of 64 digits; make it with: printf %s KEY | sha256sum`,
    );
  });
  if (hashes.length === 0) throw new ConfigError(`API_KEYS_FILE is "${file}", which has no key`);
  return hashes;
}

function presentedKey({ headers }: FastifyRequest): string {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : (/^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '');
}

/** Takes as long whichever key it is: every hash is compared, each in constant time. */
function isKnown(key: string, hashes: readonly Buffer[]): boolean {
  const presented = createHash('sha256').update(key).digest();
  return hashes.reduce((known, hash) => timingSafeEqual(presented, hash) || known, false);
}
