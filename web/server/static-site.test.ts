import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { staticSite } from './index.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'site-'));
  await mkdir(join(root, 'assets'));
  await writeFile(join(root, 'index.html'), '<!doctype html>');
  await writeFile(join(root, 'assets/index-abc.js'), 'start()');
  await writeFile(join(root, 'assets/index-abc.js.gz'), gzipSync('start()'));
  await writeFile(join(root, 'site.json'), '{"apiOrigin":"https://api.example.org"}');
});

afterEach(() => rm(root, { recursive: true }));

async function site() {
  const app = Fastify();
  app.get('/predict', async () => 'mine');
  await app.register(staticSite, { root });
  return app;
}

describe('the static site', () => {
  test('has browsers ask for the page anew each time, and for hashed files never again', async () => {
    const app = await site();
    const caching = async (url: string) => (await app.inject(url)).headers['cache-control'];
    expect(await caching('/')).toBe('no-cache');
    expect(await caching('/index.html')).toBe('no-cache');
    expect(await caching('/assets/index-abc.js')).toBe('public, max-age=31536000, immutable');
  });

  test('lets the page talk to the API it was built for and to nobody else', async () => {
    const app = await site();
    const { headers } = await app.inject('/');
    expect(headers['content-security-policy']).toContain("connect-src 'self' https://api.example.org;");
    expect(headers['content-security-policy']).toContain("default-src 'none';");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('sends a compressed file to who takes it', async () => {
    const app = await site();
    const reply = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers['content-type']).toContain('javascript');
    expect(reply.rawPayload).toEqual(gzipSync('start()'));
  });

  test('leaves every other route, and what is not found, to its host', async () => {
    const app = await site();
    app.setNotFoundHandler((_, reply) => reply.code(404).send('not mine'));
    expect((await app.inject('/predict')).body).toBe('mine');
    expect((await app.inject('/elsewhere')).body).toBe('not mine');
    expect((await app.inject('/site.json')).body).toBe('not mine');
  });

  test('says what to run when the page has not been built', async () => {
    await rm(join(root, 'site.json'));
    await expect(site()).rejects.toThrow('run pnpm --filter @hearth/web build');
  });
});
