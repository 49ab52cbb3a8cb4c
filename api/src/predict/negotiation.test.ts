import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  tiny = await tinyApp();
});
afterAll(() => tiny.close());

const post = (type: string, payload: string, headers: Record<string, string> = {}) =>
  tiny.app.inject({
    method: 'POST',
    url: '/predict',
    headers: { 'content-type': type, ...headers },
    payload,
  });

const batch = JSON.stringify(Array.from({ length: 50 }, (_, i) => ({ age: 20 + i })));

describe('Accept', () => {
  test.each([
    ['application/json', '{}', 'application/json; charset=utf-8, */*;q=0.1', 200, 'application/json'],
    ['application/json', '{}', 'APPLICATION/*', 200, 'application/json'],
    ['application/json', '{}', 'text/html', 406, 'application/problem+json'],
    ['application/json', batch, 'application/json;q=0', 406, 'application/problem+json'],
    ['text/csv', 'age\n30\n', 'text/*', 200, 'text/csv; charset=utf-8; header=present'],
    ['text/csv', 'age\n30\n', 'text/csv;q=0.2, application/x-ndjson', 200, 'application/x-ndjson'],
    ['text/csv', 'age\n30\n', 'application/json', 406, 'application/problem+json'],
    ['text/csv', 'age\n30\n', 'text/csv;header=absent', 406, 'application/problem+json'],
    ['application/x-ndjson', '{}\n', 'text/csv', 406, 'application/problem+json'],
  ])('a body of %s (%j) with Accept: %s is answered with %i', async (sent, body, accept, status, type) => {
    const { statusCode, headers } = await post(sent, body, { accept });
    expect([statusCode, headers['content-type']]).toEqual([status, type]);
  });
});

describe('Accept-Encoding', () => {
  test('a batch is compressed, and says so to caches', async () => {
    const plain = await post('application/json', batch, { 'x-request-id': 'a' });
    for (const [accept, coding, unpack] of [
      ['gzip, deflate', 'gzip', gunzipSync],
      ['gzip, deflate, br', 'br', brotliDecompressSync],
    ] as const) {
      const { headers, rawPayload } = await post('application/json', batch, {
        'accept-encoding': accept,
        'x-request-id': 'a',
      });
      expect(headers).toMatchObject({ 'content-encoding': coding, vary: 'accept-encoding' });
      expect(unpack(rawPayload).toString()).toBe(plain.body);
      expect(rawPayload.length).toBeLessThan(plain.rawPayload.length / 4);
    }
  });

  test('a short answer, and a stream, which is read while it is written, are not', async () => {
    for (const [type, body] of [
      ['application/json', '{}'],
      ['text/csv', `age\n${'30\n'.repeat(100)}`],
    ]) {
      const { headers } = await post(type, body, { 'accept-encoding': 'gzip' });
      expect(headers['content-encoding']).toBeUndefined();
    }
  });
});

test.each([
  ['text/json', 'application/json'],
  ['application/xml', 'application/json'],
  ['application/jsonlines', 'application/x-ndjson'],
  ['application/x-jsonl', 'application/x-ndjson'],
  ['text/tab-separated-values', 'text/csv'],
  ['application/vnd.ms-excel', 'text/csv'],
])('415 for %s suggests %s, and names all types', async (sent, nearest) => {
  const { statusCode, headers, body } = await post(sent, '{}');
  expect(statusCode).toBe(415);
  expect(JSON.parse(body).detail).toBe(`send it with the header content-type: ${nearest}`);
  expect(headers.accept).toBe(
    'application/json, application/x-ndjson, text/csv, application/vnd.apache.arrow.stream',
  );
});
