import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, startPage } from './servers.ts';
import { visitors } from './visitors.ts';

const web = join(import.meta.dirname, '..');
const { visit } = visitors();
let built: string;

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'page-'));
});

afterAll(async () => {
  await rm(built, { recursive: true, force: true });
});

/** Builds the page for an API of another origin. */
const buildPageFor = (apiUrl: string) =>
  promisify(execFile)(
    process.execPath,
    [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', built, '--emptyOutDir'],
    { cwd: web, env: { ...process.env, NODE_ENV: 'production', VITE_API_URL: apiUrl } },
  );

test('a page built with VITE_API_URL gets its answers from that API once CORS_ORIGINS lists the page', async () => {
  const closed = await startApi([]);
  await buildPageFor(closed.url);
  const site = await startPage(built);

  const { page, complaints } = await visit(site.url);
  await page.getByText('The service cannot be reached.').waitFor();
  expect(await page.locator('.number').count()).toBe(0);
  await expect.poll(() => complaints.join()).toContain('blocked by CORS policy');
  await closed.stop();

  const open = await startApi([site.url], closed.port);
  await page.locator('.number').waitFor();
  await open.stop();
  await site.stop();
});
