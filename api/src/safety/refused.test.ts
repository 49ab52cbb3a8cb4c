import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tinyApp } from '../../testing/serve.ts';
import { defaultSafety } from './index.ts';

const origin = 'https://page.example.org';
let folder: string;
let tiny: Awaited<ReturnType<typeof tinyApp>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearth-keys-'));
  const apiKeysFile = join(folder, 'keys');
  await writeFile(apiKeysFile, createHash('sha256').update('key').digest('hex'));
  const safety = { ...defaultSafety, apiKeysFile, rateLimit: 5, rateLimitExempt: [] };
  tiny = await tinyApp({ safety, corsOrigins: [origin] });
});
afterAll(async () => {
  await tiny.close();
  await rm(folder, { recursive: true });
});

const guess = (remoteAddress: string) =>
  tiny.app.inject({
    method: 'POST',
    url: '/predict',
    remoteAddress,
    headers: { origin, 'x-api-key': 'guess' },
    payload: {},
  });

test('requests with a wrong key are counted, and soon refused with 429', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) statuses.push((await guess('192.0.2.1')).statusCode);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
});

test('a page of a listed origin can read why a request is refused', async () => {
  const { statusCode, headers } = await guess('192.0.2.2');
  expect(statusCode).toBe(401);
  expect(headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': expect.stringMatching(/retry-after.*x-request-id/),
  });
});

test('a refused request is not in flight afterwards', async () => {
  await guess('192.0.2.3');
  const { body } = await tiny.app.inject('/metrics');
  expect(body).toMatch(/^hearth_http_requests_in_flight 1$/m); // this one
});
