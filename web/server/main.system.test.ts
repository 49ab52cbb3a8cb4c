import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

let server: ChildProcess | undefined;

afterEach(() => server?.kill('SIGKILL'));

/** Starts the server on a free port and waits for the log line with its address. */
async function start(env = {}): Promise<{ process: ChildProcess; url: string }> {
  server = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of server.stdout ?? []) {
    const url = /listening at (http:[^"]+)/.exec(String(chunk))?.[1];
    if (url) return { process: server, url };
  }
  throw new Error('the server ended before it listened');
}

test('the stand-alone server serves the page, and stops cleanly on SIGTERM, whatever a browser opened in advance', async () => {
  const { process: running, url } = await start();
  const silent = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {}); // it is cut off
  await once(silent, 'connect');
  const reply = await fetch(url);
  expect(await reply.text()).toContain('<div id="page">');
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test('a request without a valid Host header, or with two, gets a 400', async () => {
  const { url } = await start();
  const { port } = new URL(url);
  const status = async (...hosts: string[]) => {
    const socket = connect(Number(port), '127.0.0.1').setEncoding('latin1');
    socket.write(
      ['GET /health HTTP/1.1', ...hosts.map((host) => `host: ${host}`), 'connection: close', '', ''].join(
        '\r\n',
      ),
    );
    const [head] = await once(socket, 'data');
    socket.destroy();
    return Number(String(head).split(' ')[1]);
  };
  expect(await status('hearth.example.org:8080')).toBe(200);
  expect(await status('[::1]:8080')).toBe(200);
  for (const hosts of [[], ['a', 'a'], [`a';id;'`], ['a b'], ['a/b'], ['[::g]']])
    expect(await status(...hosts)).toBe(400);
});

test('a POST is refused with a reply that the client can read', async () => {
  const { url } = await start();
  for (let i = 0; i < 20; i++) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: ' '.repeat(4e6) });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ statusCode: 404 });
  }
});

test('while it drains it is not ready, but still serves the page', async () => {
  const { process: running, url } = await start({ DRAIN_SECONDS: '1' });
  expect((await fetch(`${url}/health`)).status).toBe(200);
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  while ((await fetch(`${url}/health`)).status === 200);
  expect((await fetch(url)).status).toBe(200);
  expect(await ended).toEqual([0, null]);
});
