import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');

/** Runs `npm start` without a package registry. Resolves when it prints its address or has ended. */
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

describe('npm start', () => {
  let started: Awaited<ReturnType<typeof npmStart>>;
  beforeAll(async () => {
    started = await npmStart({ PORT: '0' });
  });
  afterAll(() => void started.npm.kill('SIGTERM'));

  test('serves page and API without network once it has run before', async () => {
    const { url, output } = started;
    expect(await answers(url)).toBe(true);
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    expect(output()).not.toContain('Installing');
  });

  test('ends with an error that names the port if the port is in use', async () => {
    const { port } = new URL(started.url);
    const second = await npmStart({ PORT: port });
    expect(await second.exit).not.toBe(0);
    expect(second.output()).toContain(`port ${port} is in use`);
  });

  test('ends the server that it started when npm is ended', async () => {
    const { npm, url, exit } = started;
    npm.kill('SIGTERM');
    await exit;
    for (let waited = 0; waited < 5000 && (await answers(url)); waited += 50) await delay(50);
    expect(await answers(url)).toBe(false);
  });
});
