import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../server/problem.ts';
import { addApiKeys } from './api-keys.ts';

let folder: string;
let app: FastifyInstance;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-keys-'));
  app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    reply.code(error.status).send(error.details);
  });
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const hash = (key: string) => createHash('sha256').update(key).digest('hex');

async function start(content: string): Promise<void> {
  const file = join(folder, 'keys');
  await writeFile(file, content);
  await addApiKeys(app, file);
  app.post('/', async () => ({}));
  app.get('/', async () => ({}));
}

const post = async (headers: Record<string, string | string[]> = {}) =>
  (await app.inject({ method: 'POST', url: '/', headers })).statusCode;

test('the key of any line is taken, in either header and however it is spaced', async () => {
  await start(`${hash('first')}\n  \n # ${hash('hidden')}\n${hash('second').toUpperCase()} ward 2\r\n`);
  for (const key of ['first', 'second']) {
    expect(await post({ 'x-api-key': key })).toBe(200);
    expect(await post({ authorization: `Bearer ${key}` })).toBe(200);
    expect(await post({ authorization: `bearer   ${key}` })).toBe(200);
  }
  expect((await app.inject('/')).statusCode).toBe(200);
});

test.each([
  [{}],
  [{ 'x-api-key': '' }],
  [{ 'x-api-key': 'hidden' }],
  [{ 'x-api-key': 'third', authorization: 'Bearer first' }],
  [{ authorization: 'first' }],
  [{ authorization: 'Basic first' }],
  [{ authorization: 'Bearer' }],
  [{ authorization: 'Bearer first second' }],
  [{ authorization: 'xBearer first' }],
  [{ authorization: `Bearer ${hash('first')}` }],
])('a post with %j is not answered, and told what to send', async (headers) => {
  await start(`${hash('first')}\n#${hash('hidden')}\n`);
  const answer = await app.inject({ method: 'POST', url: '/', headers });
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer');
  expect(answer.json()).toMatchObject({
    detail: 'send a key that this server knows, as in Authorization: Bearer KEY',
  });
});

const advice = 'does not begin with a SHA-256 of 64 digits; make it with: printf %s KEY | sha256sum';

test.each([
  ['secret', `API_KEYS_FILE, line 1: ${advice}`],
  [`# who\n\n${hash('a')}\n${hash('b')}x`, `API_KEYS_FILE, line 4: ${advice}`],
  [`${hash('a').slice(1)}`, `API_KEYS_FILE, line 1: ${advice}`],
  [` ${hash('a')}`, `API_KEYS_FILE, line 1: ${advice}`],
])('a file that holds %j is refused, without its content', async (content, message) => {
  await expect(start(content)).rejects.toThrow(message);
});

test('the hash of an empty key is refused: it would let in everyone who sends none', async () => {
  await expect(start(`${hash('a')}\n${hash('')}\n`)).rejects.toThrow(
    'API_KEYS_FILE, line 2: is the SHA-256 of an empty key; was KEY set when it was made?',
  );
});

test('a file without a key, or that cannot be read, is named', async () => {
  await expect(start('# none\n')).rejects.toThrow(
    `API_KEYS_FILE is "${join(folder, 'keys')}", which has no key`,
  );
  await expect(addApiKeys(app, join(folder, 'none'))).rejects.toThrow(
    `API_KEYS_FILE is "${join(folder, 'none')}", which cannot be read: ENOENT`,
  );
});
