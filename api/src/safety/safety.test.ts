import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { modelsFolder, publishTiny } from '../../testing/models.ts';
import { buildApp } from '../app.ts';
import { defaultSafety, type Safety } from './index.ts';

let folder: Awaited<ReturnType<typeof modelsFolder>>;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await modelsFolder();
  await folder.registry.promote(await publishTiny(folder.registry));
});
afterEach(() => app.close());
afterAll(() => folder.remove());

async function start(safety: Partial<Safety>): Promise<void> {
  app = await buildApp({ models: folder.models, safety: { ...defaultSafety, ...safety } });
}

const infer = '/v2/models/tiny/infer';

function post(url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') {
  const inputs = [{ name: 'age', shape: [1], datatype: 'INT64', data: [54] }];
  const payload = url === infer ? { inputs } : { age: 54 };
  return app.inject({ method: 'POST', url, headers, payload, remoteAddress });
}

test('a browser may do nothing with an answer but read it', async () => {
  await start({});
  for (const url of ['/predict', '/health', '/nowhere', infer]) {
    const { headers } = await (url === '/predict' || url === infer ? post(url) : app.inject(url));
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }
});

test('a page keeps the policy that it sets', async () => {
  app = await buildApp({
    models: folder.models,
    site: async (site) => {
      site.get('/', (_, reply) => reply.header('content-security-policy', "default-src 'self'").send('page'));
    },
  });
  expect((await app.inject('/')).headers['content-security-policy']).toBe("default-src 'self'");
});

test('a client that posts too often is told when to go on; looking is not counted', async () => {
  await start({ rateLimit: 2, rateLimitExempt: [] });
  for (let i = 0; i < 5; i++) expect((await app.inject('/health')).statusCode).toBe(200);
  for (let i = 0; i < 2; i++) expect((await post('/predict')).statusCode).toBe(200);
  const refused = await post('/predict');
  expect(refused.statusCode).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(refused.json()).toMatchObject({ status: 429, type: '/docs/problems/too-many-requests' });
  const protocol = await post(infer);
  expect(protocol.statusCode).toBe(429);
  expect(protocol.json()).toEqual({ error: expect.stringContaining('per minute and client is 2') });
  expect((await post('/predict', {}, '203.0.113.7')).statusCode).toBe(200);
});

test('an IPv6 client is its whole network', async () => {
  await start({ rateLimit: 1, rateLimitExempt: [] });
  expect((await post('/predict', {}, '2001:db8:1:1::1')).statusCode).toBe(200);
  expect((await post('/predict', {}, '2001:db8:1:1::2')).statusCode).toBe(429);
  expect((await post('/predict', {}, '2001:db8:1:2::1')).statusCode).toBe(200);
});

test('clients inside the exempt networks are not limited', async () => {
  await start({ rateLimit: 1 });
  for (const address of ['127.0.0.1', '192.168.3.4', '::ffff:10.0.0.1', 'fd00::1']) {
    for (let i = 0; i < 3; i++) expect((await post('/predict', {}, address)).statusCode).toBe(200);
  }
  await post('/predict', {}, '203.0.113.7');
  expect((await post('/predict', {}, '203.0.113.7')).statusCode).toBe(429);
});

test('the client behind a proxy is believed only where the proxy is trusted', async () => {
  const from = (client: string) => post('/predict', { 'x-forwarded-for': client }, '192.0.2.1');
  await start({ rateLimit: 1, trustProxy: ['192.0.2.1'] });
  expect((await from('203.0.113.1')).statusCode).toBe(200);
  expect((await from('203.0.113.2')).statusCode).toBe(200);
  expect((await from('203.0.113.2')).statusCode).toBe(429);
  await app.close();
  await start({ rateLimit: 1 });
  expect((await from('203.0.113.3')).statusCode).toBe(200);
  expect((await from('203.0.113.4')).statusCode).toBe(429);
});

test('a client is counted by its address, however a proxy writes it', async () => {
  await start({ rateLimit: 5, rateLimitExempt: [], trustProxy: ['192.0.2.1', '192.0.2.2'] });
  const from = async (forwarded: string) =>
    (await post('/predict', { 'x-forwarded-for': forwarded }, '192.0.2.1')).statusCode;
  const statuses = async (...forwarded: string[]) => {
    const all = [];
    for (const each of forwarded) all.push(await from(each));
    return all.join(' ');
  };
  const ports = Array.from({ length: 12 }, (_, i) => 40_000 + i);
  const fiveOfTwelve = '200 200 200 200 200 429 429 429 429 429 429 429';
  expect(await statuses(...ports.map((port) => `203.0.113.1:${port}`))).toBe(fiveOfTwelve);
  expect(await statuses(...ports.map((port) => `[2001:db8:1:1::${port % 10}]:${port}`))).toBe(fiveOfTwelve);
  expect(await statuses('2001:DB8:1:1::9', '[2001:db8:1:1::9]', '203.0.113.1')).toBe('429 429 429');
  expect(await statuses(...ports.map((port) => `203.0.113.2, 192.0.2.2:${port}`))).toBe(fiveOfTwelve);
});

test('clients that a proxy does not name share one count, whatever it writes instead', async () => {
  await start({ rateLimit: 2, trustProxy: ['192.0.2.1'] });
  const from = async (forwarded: string) =>
    (await post('/predict', { 'x-forwarded-for': forwarded }, '192.0.2.1')).statusCode;
  expect(await from('unknown')).toBe(200);
  expect(await from('_hidden')).toBe(200);
  for (const other of ['_SEVKISEK', '10.0.0.1x', '1.2.3', '[10.0.0.1', 'for=10.0.0.1'])
    expect(await from(other)).toBe(429);
});

test('an exempt address is exempt with a port or a zone too, and no other header names the client', async () => {
  await start({ rateLimit: 1, trustProxy: ['192.0.2.1'] });
  for (const client of ['10.0.0.1:1234', '[fd00::1]:1234', 'fe80::1%eth0', '::ffff:10.0.0.1'])
    for (let i = 0; i < 2; i++)
      expect((await post('/predict', { 'x-forwarded-for': client }, '192.0.2.1')).statusCode).toBe(200);
  const forwarded = { forwarded: 'for=10.0.0.1', 'x-real-ip': '10.0.0.1' };
  expect((await post('/predict', forwarded, '203.0.113.9')).statusCode).toBe(200);
  expect((await post('/predict', forwarded, '203.0.113.9')).statusCode).toBe(429);
});

test('where keys are asked for, predictions need one, and everything else does not', async () => {
  const file = join(folder.models, '../hearth-keys-test');
  const hash = (key: string) => createHash('sha256').update(key).digest('hex');
  await writeFile(file, `# who may ask\n\n${hash('first')}  ward 1\n${hash('second').toUpperCase()}\n`);
  await start({ apiKeysFile: file });
  for (const url of ['/predict', infer]) {
    const refused = await post(url);
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    expect((await post(url, { authorization: 'Bearer first' })).statusCode).toBe(200);
    expect((await post(url, { 'x-api-key': 'second' })).statusCode).toBe(200);
    for (const wrong of ['third', hash('first'), '']) {
      expect((await post(url, { authorization: `Bearer ${wrong}` })).statusCode).toBe(401);
    }
  }
  expect((await post('/predict')).json()).toMatchObject({ type: '/docs/problems/unauthorized' });
  for (const url of ['/health', '/model', '/metrics', '/v2']) {
    expect((await app.inject(url)).statusCode).toBe(200);
  }
});

test.each([
  [
    'secret\n',
    'API_KEYS_FILE, line 1: does not begin with a SHA-256 of 64 digits; make it with: printf %s KEY',
  ],
  ['# none\n', 'which has no key'],
])('a file of keys that holds %j is refused', async (content, reason) => {
  const file = join(folder.models, '../hearth-keys-test');
  await writeFile(file, content);
  await expect(start({ apiKeysFile: file })).rejects.toThrow(reason);
  await expect(start({ apiKeysFile: '/nowhere' })).rejects.toThrow('which cannot be read: ENOENT');
});
