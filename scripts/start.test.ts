import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/** `npm start` where the registry cannot be reached; resolves when it says where it is. */
async function npmStart(env: Record<string, string>) {
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', npm_config_registry: 'http://127.0.0.1:9', ...env },
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk) => (output += chunk));
  const exit = new Promise<number | null>((resolve) => npm.on('close', resolve));
  while (!output.includes('Hearth is at') && npm.exitCode === null) await delay(10);
  const url = `http://127.0.0.1:${/localhost:(\d+)/.exec(output)?.[1]}`;
  return { npm, url, exit, output: () => output };
}

const answers = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

test('from the second time on, npm start serves page and API without network', async () => {
  const { npm, url, exit, output } = await npmStart({ PORT: '0' });
  expect(await answers(url)).toBe(true);
  expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
  expect(output()).not.toContain('Installing');
  npm.kill('SIGTERM');
  await exit;
});

test('when npm is ended, the server that it started ends as well', async () => {
  const { npm, url, exit } = await npmStart({ PORT: '0' });
  npm.kill('SIGTERM');
  await exit;
  for (let waited = 0; waited < 5000 && (await answers(url)); waited += 50) await delay(50);
  expect(await answers(url)).toBe(false);
});

test('a port in use ends npm start with an error that names it', async () => {
  const first = await npmStart({ PORT: '0' });
  const port = new URL(first.url).port;
  const second = await npmStart({ PORT: port });
  expect(await second.exit).not.toBe(0);
  expect(second.output()).toContain(`port ${port} is in use`);
  first.npm.kill('SIGTERM');
  await first.exit;
});
