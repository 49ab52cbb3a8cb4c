import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { staticSite } from './static-site.ts';

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
  app.get('/predict', async () => 'predict');
  await app.register(staticSite, { root });
  return app;
}

describe('the static site', () => {
  test('lets browsers cache hashed files for good, and revalidate the page every time', async () => {
    const app = await site();
    const caching = async (url: string) => (await app.inject(url)).headers['cache-control'];
    expect(await caching('/')).toBe('no-cache');
    expect(await caching('/index.html')).toBe('no-cache');
    expect(await caching('/assets/index-abc.js')).toBe('public, max-age=31536000, immutable');
  });

  test('lets the page connect only to the API it was built for', async () => {
    const app = await site();
    const { headers } = await app.inject('/');
    expect(headers['content-security-policy']).toContain("connect-src 'self' https://api.example.org;");
    expect(headers['content-security-policy']).toContain("default-src 'none';");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test('sends the compressed file to a client that accepts it', async () => {
    const app = await site();
    const reply = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers['content-type']).toContain('javascript');
    expect(reply.rawPayload).toEqual(gzipSync('start()'));
  });

  test('leaves other routes and the 404 to the host application', async () => {
    const app = await site();
    app.setNotFoundHandler((_, reply) => reply.code(404).send('not found'));
    expect((await app.inject('/predict')).body).toBe('predict');
    expect((await app.inject('/elsewhere')).body).toBe('not found');
    expect((await app.inject('/site.json')).body).toBe('not found');
  });

  test('sends parts of a file, and says its length where a part is not in it', async () => {
    const app = await site();
    const part = (range: string) => app.inject({ url: '/assets/index-abc.js', headers: { range } });
    expect(await part('bytes=0-4')).toMatchObject({ statusCode: 206, body: 'start' });
    const behind = await part('bytes=7-');
    expect([behind.statusCode, behind.headers['content-range']]).toEqual([416, 'bytes */7']);
  });

  test('is not at the asterisk, which is no path', async () => {
    const app = await site();
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const asked = request({ host: '127.0.0.1', port, path: '*' }).end();
    const [{ statusCode }] = await once(asked, 'response');
    expect(statusCode).toBe(404);
    asked.destroy();
    await app.close();
  });

  test('says how to build a missing page', async () => {
    await rm(join(root, 'site.json'));
    await expect(site()).rejects.toThrow('build it with: npm run build');
  });
});
