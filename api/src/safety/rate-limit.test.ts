import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../server/problem.ts';
import { addRateLimit } from './rate-limit.ts';
import { defaultSafety } from './settings.ts';

let app: FastifyInstance;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_700_000_000_000 });
});
afterEach(async () => {
  vi.useRealTimers();
  await app.close();
});

async function start(rateLimit: number, rateLimitExempt: string[] = []): Promise<void> {
  app = Fastify();
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof Problem)) throw error;
    reply
      .code(429)
      .headers(error.headers ?? {})
      .send({ detail: error.message });
  });
  await addRateLimit(app, { ...defaultSafety, rateLimit, rateLimitExempt });
  app.post('/', async () => ({}));
  app.get('/', async () => ({}));
}

const post = (remoteAddress = '203.0.113.1') => app.inject({ method: 'POST', url: '/', remoteAddress });
const statuses = async (...from: string[]) => {
  const all = [];
  for (const address of from) all.push((await post(address)).statusCode);
  return all;
};

test('Retry-After is the number of seconds until the client’s minute ends', async () => {
  await start(1);
  expect(await statuses('203.0.113.1')).toEqual([200]);
  for (const [after, seconds] of [
    [400, '60'],
    [30_000, '30'],
    [59_999, '1'],
  ] as const) {
    vi.setSystemTime(1_700_000_000_000 + after);
    const { statusCode, headers, body } = await post();
    expect([statusCode, headers['retry-after']]).toEqual([429, seconds]);
    expect(JSON.parse(body)).toEqual({ detail: 'one client may send at most 1 POST requests a minute' });
  }
  vi.setSystemTime(1_700_000_060_001);
  expect(await statuses('203.0.113.1')).toEqual([200]);
});

test('without a limit no request is refused', async () => {
  await start(0);
  expect(await statuses(...Array(20).fill('203.0.113.1'))).toEqual(Array(20).fill(200));
});

test('an IPv6 client is counted by its /64', async () => {
  await start(1);
  expect(
    await statuses(
      '2001:db8:1:2::1',
      '2001:db8:1:2:8000::1',
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '2001:db8:1:3::1',
    ),
  ).toEqual([200, 429, 429, 200]);
});

test('GET requests and exempt clients are not counted', async () => {
  await start(1, ['192.0.2.0/24']);
  expect(await statuses('192.0.2.1', '192.0.2.1', '203.0.113.1', '203.0.113.1')).toEqual([
    200, 200, 200, 429,
  ]);
  for (let i = 0; i < 3; i++)
    expect((await app.inject({ url: '/', remoteAddress: '203.0.113.1' })).statusCode).toBe(200);
});

test('a call that is no request of HTTP counts for its client, unless that is exempt', async () => {
  await start(1, ['192.0.2.0/24']);
  const allowed = async (ip: string) =>
    app.limitClient?.(ip).then(
      () => true,
      (error) => error.message,
    );
  const refused = 'one client may send at most 1 POST requests a minute';
  const clients = [
    '192.0.2.1',
    '192.0.2.1',
    '203.0.113.1',
    '[203.0.113.2]:80',
    '203.0.113.2',
    'unix',
    'none',
  ];
  const answers = [];
  for (const each of clients) answers.push(await allowed(each));
  expect(answers).toEqual([true, true, true, true, refused, true, refused]);
  expect(await statuses('203.0.113.1')).toEqual([429]);
});
