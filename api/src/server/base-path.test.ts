import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { tinyApp } from '../../testing/serve.ts';

let tiny: Awaited<ReturnType<typeof tinyApp>>;

/** The modules are loaded again, because they read the setting when they are loaded. */
beforeEach(async () => {
  vi.resetModules();
  vi.stubEnv('BASE_PATH', '/hearth/');
  const serve = await import('../../testing/serve.ts');
  tiny = await serve.tinyApp({ site: async (site) => void site.get('/', async () => 'the page') });
}, 60_000);
afterEach(async () => {
  await tiny.close();
  vi.unstubAllEnvs();
  vi.resetModules();
});

const get = (url: string) => tiny.app.inject({ url, headers: { host: 'example.org' } });

test('page, API and docs are below the base path, and so are their links', async () => {
  expect((await get('/hearth/')).body).toBe('the page');
  expect((await get('/hearth')).headers.location).toBe('/hearth/');
  const refused = await tiny.app.inject({ method: 'POST', url: '/hearth/predict', payload: { agee: 1 } });
  expect(refused.json().type).toBe('/hearth/docs/problems/invalid-input');
  expect((await get(refused.json().type)).statusCode).toBe(200);
  const { body } = await get('/hearth/docs');
  for (const [, link] of body.matchAll(/(?:href|src|data-path)="([^"]+)"/g))
    expect(link).toMatch(/^\/hearth\//);
  expect(body).toContain('http://example.org/hearth/predict');
  expect((await get('/hearth/openapi.json')).json().servers[0].url).toBe('/hearth/');
});

test('a probe, and a proxy that removes the base path, are answered too', async () => {
  expect((await get('/health')).statusCode).toBe(200);
  expect((await get('/hearthside')).statusCode).toBe(404);
});
