import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
let output = '';
let url: string;
const npm = spawn('npm', ['run', 'dev'], { cwd: root, env: { ...process.env, PORT: '0' } });
for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk));
const ended = once(npm, 'close');

beforeAll(async () => {
  while (!output.includes('Page and API are at') && npm.exitCode === null) await delay(20);
  url = `http://127.0.0.1:${/127\.0\.0\.1:(\d+)/.exec(output)?.[1]}`;
}, 30_000);
afterAll(() => void npm.kill('SIGTERM'));

/** Makes a watcher believe that a source has changed. */
const touch = (file: string) => utimes(path.join(root, file), new Date(), new Date());
const health = async () => (await (await fetch(`${url}/health`)).json()) as { since: string };

test('npm run dev serves page and API, and both reload when a source changes', async () => {
  const { since } = await health();
  for (const module of ['/', '/src/main.tsx']) expect((await fetch(`${url}${module}`)).ok).toBe(true);
  const page = new WebSocket(url.replace('http', 'ws'), 'vite-hmr');
  let reloads = 0;
  page.addEventListener('message', ({ data }) => {
    if (JSON.parse(data).type === 'full-reload') reloads++;
  });
  await once(page, 'open');

  // again and again: the watcher may not be ready yet
  const touchPage = async () => {
    await touch('web/src/main.tsx');
    return output;
  };
  await expect.poll(touchPage, { timeout: 30_000, interval: 1000 }).toContain('page reload src/main.tsx');
  await expect.poll(() => reloads, { timeout: 10_000 }).toBeGreaterThan(0);
  expect((await health()).since).toBe(since);

  const before = reloads;
  await touch('api/src/app.ts');
  await expect.poll(() => output, { timeout: 30_000 }).toContain('API restarted: api/src/app.ts changed');
  await expect.poll(() => reloads, { timeout: 10_000 }).toBeGreaterThan(before);
  expect((await health()).since).not.toBe(since);
  page.close();
}, 90_000);

test('when npm run dev is stopped, page and API stop too', async () => {
  npm.kill('SIGTERM');
  await ended;
  const answers = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (let waited = 0; waited < 5000 && (await answers()); waited += 50) await delay(50);
  expect(await answers()).toBe(false);
});
