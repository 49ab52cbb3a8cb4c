import { rmSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askSecurely, selfSign } from './certificate.ts';
import { docker } from './docker.ts';
import { stackAt, until } from './stack.ts';

const stack = stackAt(inject('place'));
const certificate = path.join(stack.folder, 'deploy/gateway/certificates/hearth.pem');

beforeAll(async () => {
  selfSign(certificate);
  await stack.compose('restart', 'gateway');
  await until(() => ask('/health/ready').then(({ statusCode }) => statusCode === 200, isDown), 20_000);
});

afterAll(async () => {
  rmSync(path.dirname(certificate), { recursive: true });
  await stack.compose('restart', 'gateway');
  await until(() => fetch(`${stack.url}/health/ready`).then(({ ok }) => ok, isDown), 20_000);
});

const isDown = () => false;

const ask = (route: string, body?: string) => askSecurely(stack.httpsPort, certificate, route, body);

test('with a certificate in its folder the gateway serves page and API by HTTPS', async () => {
  expect((await ask('/')).statusCode).toBe(200);
  const answer = await ask('/predict', '{"age":54}');
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(await text(answer))).toHaveProperty('probability');
});

test('browsers are told to stay with HTTPS, and HTTP leads there', async () => {
  expect((await ask('/')).headers['strict-transport-security']).toBe('max-age=31536000');
  const redirect = await fetch(`${stack.url}/predict`, { redirect: 'manual', method: 'POST', body: '{}' });
  expect(redirect.status).toBe(308);
  expect(redirect.headers.get('location')).toMatch(/^https:.*\/predict$/);
});

test('the log of the gateway names neither query nor body', async () => {
  await ask('/model?secret=1');
  expect(await docker('logs', stack.container('gateway'))).not.toContain('secret');
});
