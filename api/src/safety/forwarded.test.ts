import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';
import { readForwarded } from './forwarded.ts';
import { defaultSafety } from './settings.ts';

test.each([
  [
    'for=192.0.2.60;proto=http;by=203.0.113.43',
    { 'x-forwarded-for': '192.0.2.60', 'x-forwarded-proto': 'http' },
  ],
  [
    'For="[2001:db8:cafe::17]:4711", for="_a, b"; Host="example.org:8000";proto=https',
    {
      'x-forwarded-for': '[2001:db8:cafe::17]:4711, _a, b',
      'x-forwarded-host': 'example.org:8000',
      'x-forwarded-proto': 'https',
    },
  ],
  [String.raw`for="a\"b", for=c"`, { 'x-forwarded-for': 'a"b, c"' }],
  ['for="a=b"', { 'x-forwarded-for': 'a=b' }],
  ['proto=https', { 'x-forwarded-for': 'unknown', 'x-forwarded-proto': 'https' }],
])('%s is what the older headers say', (forwarded, expected) => {
  const headers = { forwarded };
  readForwarded(headers);
  expect(headers).toStrictEqual({ forwarded, ...expected });
});

test('without the header nothing is said', () => {
  const headers = {};
  readForwarded(headers);
  expect(headers).toStrictEqual({});
});

test.each([
  ['for=9.9.9.9;x=", for=192.0.2.60'],
  ['for=9.9.9.9;x=", for=192.0.2.60;host="example.org:8000"'],
  ['for="9.9.9.9, for=192.0.2.60'],
  [String.raw`for=9.9.9.9;x="\, for=192.0.2.60;proto="https"`],
])('a client that leaves a quote open does not hide what its proxy adds: %s', (forwarded) => {
  const headers: Record<string, string> = { forwarded };
  readForwarded(headers);
  expect(headers['x-forwarded-for'].split(', ').at(-1)).toBe('192.0.2.60');
});

test('the older header decides where both are', () => {
  const headers = { forwarded: 'for=1.2.3.4;host=x', 'x-forwarded-for': '5.6.7.8' };
  readForwarded(headers);
  expect(headers).toEqual({ forwarded: 'for=1.2.3.4;host=x', 'x-forwarded-for': '5.6.7.8' });
});

let close = async (): Promise<void> => {};
afterEach(() => close());

/** What the server takes for its client and itself. */
async function seen(trustProxy: string[]): Promise<string[]> {
  let ip = '';
  const site = async (app: FastifyInstance) => {
    app.get('/who', async (request) => {
      ip = request.ip;
      return request.protocol;
    });
  };
  const tiny = await tinyApp({ safety: { ...defaultSafety, trustProxy }, site });
  close = tiny.close;
  const headers = { forwarded: 'for=203.0.113.9, for=10.0.0.1;proto=https' };
  const { body } = await tiny.app.inject({ url: '/who', headers });
  return [ip, body];
}

test('only a trusted proxy is believed', async () => {
  expect(await seen([])).toEqual(['127.0.0.1', 'http']);
  await close();
  expect(await seen(['loopback'])).toEqual(['10.0.0.1', 'https']);
  await close();
  expect(await seen(['loopback', '10.0.0.0/8'])).toEqual(['203.0.113.9', 'https']);
});
