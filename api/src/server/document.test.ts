import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const get = (url: string, headers: Record<string, string> = {}) => tiny.app.inject({ url, headers });

describe.each([
  ['/model', 'application/json'],
  ['/model/card', 'text/markdown; charset=utf-8'],
  ['/openapi.json', 'application/json'],
  ['/docs', 'text/html; charset=utf-8'],
  ['/docs/page.js', 'text/javascript; charset=utf-8'],
])('%s', (url, type) => {
  test('is compressed on request, with an ETag of its own for each coding', async () => {
    const plain = await get(url);
    expect(plain.headers).toMatchObject({ 'content-type': type, vary: 'accept-encoding' });
    const tags = new Set([plain.headers.etag]);
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { headers, rawPayload } = await get(url, { 'accept-encoding': coding });
      expect(headers['content-encoding']).toBe(coding);
      expect(unpack(rawPayload).toString()).toBe(plain.body);
      tags.add(headers.etag);
    }
    expect(tags.size).toBe(3);
  });

  test('is not sent again to a client that has it', async () => {
    const { headers } = await get(url);
    for (const known of [headers.etag, `"other", W/${headers.etag}`, '*']) {
      const { statusCode, body, headers: again } = await get(url, { 'if-none-match': String(known) });
      expect([statusCode, body, again.etag]).toEqual([304, '', headers.etag]);
    }
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  test('is 406 where the client accepts no such type', async () => {
    const { statusCode, headers } = await get(url, { accept: 'image/png' });
    expect([statusCode, headers['content-type']]).toEqual([406, 'application/problem+json']);
    expect((await get(url, { accept: `image/png, ${type};q=0.1` })).statusCode).toBe(200);
  });
});

test('a probe is answered whatever it accepts', async () => {
  for (const url of ['/health', '/health/live', '/ping', '/v2/health/live', '/metrics'])
    expect((await get(url, { accept: 'image/png' })).statusCode).toBe(200);
});
