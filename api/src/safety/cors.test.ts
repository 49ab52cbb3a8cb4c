import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';

const origin = 'https://page.example.org';
let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp({ corsOrigins: [origin] });
});
afterAll(() => tiny.close());

const ask = (method: 'GET' | 'OPTIONS' | 'DELETE', url: string, headers: Record<string, string> = {}) =>
  tiny.app.inject({ method, url, headers: { origin, ...headers } });

describe('a preflight', () => {
  const preflight = (url: string, more = {}) =>
    ask('OPTIONS', url, { 'access-control-request-method': 'POST', ...more });

  test('of a listed origin is told the methods of the address, and every header that it asks for', async () => {
    const { statusCode, headers } = await preflight('/predict?explain=true', {
      'access-control-request-headers': 'content-type,x-api-key',
    });
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-api-key',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    });
    expect((await preflight('/model')).headers['access-control-allow-methods']).toBe('GET, HEAD');
  });

  test('of another origin is told nothing', async () => {
    const { headers } = await preflight('/predict', { origin: 'https://other.example.org' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(headers.vary).toBe('Origin');
  });

  test('to an unknown path is 404', async () => {
    expect((await preflight('/nowhere')).statusCode).toBe(404);
  });
});

test.each([
  ['GET', '/nowhere', 404, undefined],
  ['OPTIONS', '/nowhere', 404, undefined],
  ['OPTIONS', '/predict', 405, 'POST'],
  ['GET', '/predict', 405, 'POST'],
  ['DELETE', '/model', 405, 'GET, HEAD'],
  ['DELETE', '/metrics', 405, 'GET, HEAD'],
] as const)('%s %s is %i, as without CORS, and a page can read why', async (method, url, status, allow) => {
  const { statusCode, headers } = await ask(method, url);
  expect([statusCode, headers.allow]).toEqual([status, allow]);
  expect(headers['access-control-allow-origin']).toBe(origin);
});

test('a page can read the headers of a response that it needs, whatever its request looks like', async () => {
  const asked: Record<string, string>[] = [{}, { 'access-control-request-method': 'POST' }];
  for (const more of asked) {
    const { headers } = await ask('GET', '/model', more);
    expect(headers['access-control-expose-headers']).toBe('allow, etag, retry-after, x-request-id');
  }
});

test('a route adds to the header Vary', async () => {
  expect((await ask('GET', '/model')).headers.vary).toBe('Origin, accept-encoding');
});
