import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

const address = /(?:localhost|127\.0\.0\.1):(\d+)/;

/** A script of npm where the registry cannot be reached; resolves when it prints its address. */
async function npmRun(script: string, env: Record<string, string>) {
  const npm = spawn('npm', ['run', script], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', npm_config_registry: 'http://127.0.0.1:9', ...env },
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => npm.on('close', resolve));
  while (!address.test(output) && npm.exitCode === null) await delay(10);
  const url = `http://127.0.0.1:${address.exec(output)?.[1]}`;
  return { npm, url, exit, output: () => output };
}

const answers = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

test('from the second time on, npm start serves page and API without network', async () => {
  const { npm, url, exit, output } = await npmRun('start', { PORT: '0' });
  expect(await answers(url)).toBe(true);
  expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
  expect(output()).not.toContain('Installing');
  npm.kill('SIGTERM');
  await exit;
});

test.each(['start', 'dev'])(
  'when npm run %s is stopped, the servers that it started stop too',
  async (script) => {
    const { npm, url, exit } = await npmRun(script, { PORT: '0' });
    npm.kill('SIGTERM');
    await exit;
    for (let waited = 0; waited < 5000 && (await answers(url)); waited += 50) await delay(50);
    expect(await answers(url)).toBe(false);
  },
);

test('a port in use ends npm start with an error that names it', async () => {
  const first = await npmRun('start', { PORT: '0' });
  const port = new URL(first.url).port;
  const second = await npmRun('start', { PORT: port });
  expect(await second.exit).not.toBe(0);
  expect(second.output()).toContain(`port ${port} is in use`);
  first.npm.kill('SIGTERM');
  await first.exit;
});

/** Makes a watcher believe that a source has changed. */
const touch = (file: string) => utimes(path.join(root, file), new Date(), new Date());

test('npm run dev serves page and API, and both reload when a source changes', async () => {
  const { npm, url, exit, output } = await npmRun('dev', { PORT: '0' });
  const since = async () => ((await (await fetch(`${url}/health`)).json()) as { since: string }).since;
  const before = await since();
  for (const module of ['/', '/src/main.tsx']) expect((await fetch(`${url}${module}`)).ok).toBe(true);
  const page = new WebSocket(url.replace('http', 'ws'), 'vite-hmr');
  const reloads = async () => {
    for (;;) {
      const [{ data }] = await once(page, 'message');
      if (JSON.parse(data).type === 'full-reload') return true;
    }
  };
  await once(page, 'open');

  await Promise.all([reloads(), touch('web/src/main.tsx')]);
  expect(await since()).toBe(before);
  await Promise.all([reloads(), touch('api/src/app.ts')]);
  await expect.poll(output).toContain('API restarted: api/src/app.ts changed');
  expect(await since()).not.toBe(before);

  page.close();
  npm.kill('SIGTERM');
  await exit;
});
