import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askSecurely, renew, selfSign } from './certificate.ts';
import { crash, docker } from './docker.ts';
import { stackAt, until } from './stack.ts';
import { steadyLoad } from './steady-load.ts';

const place = inject('place');
const stack = stackAt(place);
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

test('the gateway serves page and API by HTTPS if its folder has a certificate', async () => {
  expect((await ask('/')).statusCode).toBe(200);
  const answer = await ask('/predict', '{"age":54}');
  expect(answer.statusCode).toBe(200);
  expect(JSON.parse(await text(answer))).toHaveProperty('probability');
});

test('HTTP redirects to HTTPS, and HSTS is set', async () => {
  expect((await ask('/')).headers['strict-transport-security']).toBe('max-age=31536000');
  const redirect = await fetch(`${stack.url}/predict`, { redirect: 'manual', method: 'POST', body: '{}' });
  expect(redirect.status).toBe(308);
  expect(redirect.headers.get('location')).toBe(`https://127.0.0.1:${stack.httpsPort}/predict`);
});

test('the log of the gateway has neither query nor body', async () => {
  await ask('/model?secret=1');
  expect(await docker('logs', stack.container('gateway'))).not.toContain('secret');
});

/** When the served certificate expires, by the gateway's metric, in seconds since 1970. */
async function notAfter(known = certificate): Promise<number> {
  const answer = await askSecurely(stack.httpsPort, known, '/metrics/certificate');
  return Number(/^hearth_certificate_not_after_timestamp_seconds (\d+)$/m.exec(await text(answer))?.[1]);
}
const validTo = (file: string) => Date.parse(new X509Certificate(readFileSync(file)).validTo) / 1000;

test('a metric says when the certificate expires', async () => {
  expect(await notAfter()).toBe(validTo(certificate));
});

test('one command renews a certificate, and the gateway serves the new one after a crash too', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hearth-renewal-'));
  const next = path.join(folder, 'next.pem');
  selfSign(next, 90);
  const questions = [{ path: '/', expect: () => true }];
  const load = steadyLoad(stack.url, questions, 20); // HTTP is redirected, so no answer is 200; but no connection may fail
  expect(await renew(place.name, next)).toContain('the gateway serves hearth.pem');
  expect(
    Object.keys((await load.stop()).failures).filter((failure) => !failure.includes('status 308')),
  ).toEqual([]);
  expect(await notAfter(next)).toBe(validTo(next));
  expect(statSync(certificate)).toMatchObject({ uid: 99, mode: 0o100400 });

  await crash(stack.container('gateway'));
  await until(() => notAfter(next).then((seconds) => seconds === validTo(next), isDown), 20_000);

  // a certificate with the key of another one: nothing changes
  const other = path.join(folder, 'other.pem');
  selfSign(other);
  const wrong = path.join(folder, 'wrong.pem');
  const part = (file: string, name: string) =>
    new RegExp(`-----BEGIN ${name}[^]*END ${name}-----\n`).exec(readFileSync(file, 'utf8'))?.[0];
  writeFileSync(wrong, `${part(next, 'CERTIFICATE')}${part(other, 'PRIVATE KEY')}`);
  await expect(renew(place.name, wrong)).rejects.toThrow(/FAILED: HAProxy refuses this certificate/);
  expect(await notAfter(next)).toBe(validTo(next));
  expect(readdirSync(path.dirname(certificate))).toEqual(['hearth.pem']);
  rmSync(folder, { recursive: true });
}, 120_000);
