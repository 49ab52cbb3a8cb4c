import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { docker } from './docker.ts';
import { stackAt, until } from './stack.ts';

/** The user of the gateway's container. */
const haproxy = 99;

const stack = stackAt(inject('place'));
const certificate = path.join(stack.folder, 'deploy/gateway/certificates/hearth.pem');

beforeAll(async () => {
  mkdirSync(path.dirname(certificate));
  selfSign(certificate);
  chownSync(certificate, haproxy, haproxy);
  await stack.compose('restart', 'gateway');
  await until(() => ask('/health/ready').then(({ statusCode }) => statusCode === 200, isDown), 20_000);
});

afterAll(async () => {
  rmSync(path.dirname(certificate), { recursive: true });
  await stack.compose('restart', 'gateway');
  await until(() => fetch(`${stack.url}/health/ready`).then(({ ok }) => ok, isDown), 20_000);
});

const isDown = () => false;

/** Certificate and key in one file. */
function selfSign(file: string): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
  const names = ['-subj', '/CN=hearth.test', '-addext', 'subjectAltName=DNS:hearth.test'];
  const options = ['req', '-x509', ...key, ...names, '-days', '1', '-out', file];
  execFileSync('openssl', options, { stdio: 'ignore' });
}

/** Asks as a client that knows the certificate, by the name that it is for. */
const ask = (route: string, body?: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: stack.httpsPort,
      path: route,
      method: body ? 'POST' : 'GET',
      servername: 'hearth.test',
      ca: readFileSync(certificate),
      headers: { host: 'hearth.test', 'content-type': 'application/json' },
    };
    request(options, resolve).once('error', reject).end(body);
  });

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
