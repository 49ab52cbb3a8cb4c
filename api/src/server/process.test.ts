import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, truncate } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { openRegistry } from '@hearth/artifact/store';
import { afterEach, expect, test } from 'vitest';
import { modelsFolder, publishTiny, until } from '../../testing/models.ts';

const root = join(import.meta.dirname, '../../..');
const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'];
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** Starts the API as its container does; `output` grows as it writes. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [...flags, join(root, 'api/src/main.ts')], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', MODELS: join(root, 'models'), ...env },
  });
  running.add(child);
  const state = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (state.output += chunk));
  return state;
}

async function address(state: { output: string }): Promise<string> {
  for (let waited = 0; waited < 10_000; waited += 20) {
    const found = /http:\/\/127\.0\.0\.1:\d+/.exec(state.output);
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server did not start: ${state.output}`);
}

const predict = (base: string, body: string) =>
  fetch(`${base}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** Sends all of a request but the end of its body; `answer` comes when that has been sent too. */
async function slowRequest(base: string) {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  const answer = new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text));
  });
  socket.on('error', () => {}); // the server may cut it off
  socket.write(
    'POST /predict HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{',
  );
  await once(socket, 'connect');
  return { socket, answer };
}

test('SIGTERM ends it with exit code 0', async () => {
  const server = start({});
  const base = await address(server);
  expect((await predict(base, '{"age":54}')).status).toBe(200);
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
});

test('told to stop, it is not ready at once, serves on for a while without keeping connections, and ends', async () => {
  const server = start({ DRAIN_SECONDS: '0.5' });
  const base = await address(server);
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  const began = performance.now();
  server.child.kill('SIGTERM');
  await until(async () => (await fetch(`${base}/health/ready`)).status === 503, 400);
  expect((await fetch(`${base}/health/live`)).status).toBe(200);
  const answer = await predict(base, '{"age":54}');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('connection')).toBe('close');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
  expect(performance.now() - began).toBeGreaterThanOrEqual(500);
});

test('what runs when it stops is finished', async () => {
  const server = start({});
  const base = await address(server);
  const { socket, answer } = await slowRequest(base);
  server.child.kill('SIGTERM');
  await until(() => server.output.includes('stopping'), 2000);
  socket.end('"age":54}');
  expect(await answer).toContain('200 OK');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
});

test('what does not come to an end is cut off at the limit', async () => {
  const server = start({ STOP_SECONDS: '0.3' });
  const { socket } = await slowRequest(await address(server));
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(0);
  expect(server.output).toContain('stopped at the time limit, with requests unfinished');
  socket.destroy();
});

test('a second signal ends it at once', async () => {
  const server = start({ DRAIN_SECONDS: '20' });
  await address(server);
  server.child.kill('SIGTERM');
  await until(() => server.output.includes('stopping'), 2000);
  server.child.kill('SIGTERM');
  const [code] = await once(server.child, 'exit');
  expect(code).toBe(143);
});

test('the log is JSON and holds nothing that was asked', async () => {
  const server = start({});
  const base = await address(server);
  await predict(base, '{"age": 61, "chol": 8888}');
  await predict(base, '{"age": "Maria da Silva"}');
  await predict(base, 'Maria');
  await fetch(`${base}/health?name=Maria`);
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  const lines = server.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'answered').map(({ status }) => status)).toEqual([
    422, 422, 400, 200,
  ]);
  expect(server.output).not.toMatch(/Maria|8888/);
});

test('a port in use is said in one line', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const server = start({ PORT: String(port), LOG_LEVEL: 'silent' });
  const [code] = await once(server.child, 'close');
  other.close();
  expect(code).toBe(1);
  expect(server.output).toBe(
    `hearth: port ${port} is in use by another program; choose another one, such as PORT=${port + 1}\n`,
  );
});

test('a setting that cannot be used is said in one line', async () => {
  const server = start({ PORT: 'many' });
  const [code] = await once(server.child, 'close');
  expect(code).toBe(1);
  expect(server.output).toBe('hearth: PORT is "many"; it takes a whole number from 0 to 65535\n');
});

test('a server whose log nobody reads any more ends as well', async () => {
  const server = start({});
  await address(server);
  server.child.stdout.destroy();
  server.child.kill('SIGTERM');
  expect(await once(server.child, 'exit')).toEqual([0, null]);
});

/** Ends a server as a crash does, and starts another one on the same models. */
async function restart(server: ReturnType<typeof start>, models: string) {
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  return start({ MODELS: models });
}

const health = async (base: string) => (await (await fetch(`${base}/health`)).json()) as { status: string };

test('after a crash, a server answers by the version before while the one in production is damaged, and by that one once it is whole', async () => {
  const { models, registry, remove } = await modelsFolder();
  const first = await publishTiny(registry);
  const second = await publishTiny(registry, 0.1);
  for (const version of [first, second]) await registry.promote(version);
  const server = start({ MODELS: models });
  await address(server);
  const trees = join(registry.folder, second, 'forest.safetensors');
  await copyFile(trees, join(models, 'kept'));
  await truncate(trees, 100);
  const again = await restart(server, models);
  const base = await address(again);
  expect((await predict(base, '{}')).status).toBe(200);
  expect(await health(base)).toMatchObject({ status: 'degraded', model: { version: first } });
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  expect(again.output.match(/"msg":"degraded: /g)).toHaveLength(1);
  await copyFile(join(models, 'kept'), trees);
  await until(async () => (await health(base)).status === 'ok', 5000);
  expect(await health(base)).toMatchObject({ model: { version: second }, previous: first });
  await remove();
});

test('after a crash, a server answers by what was in production while aliases.json is empty, and beside a second model', async () => {
  const { models, registry, remove } = await modelsFolder();
  const version = await publishTiny(registry);
  await registry.promote(version);
  const server = start({ MODELS: models });
  await address(server);
  const other = openRegistry(join(models, 'aorta'));
  await publishTiny(other, 0.1);
  await other.promote('latest');
  await truncate(join(registry.folder, 'aliases.json'), 0);
  const base = await address(await restart(server, models));
  expect((await predict(base, '{}')).status).toBe(200);
  expect(await health(base)).toMatchObject({ status: 'degraded', model: { version } });
  await registry.promote(version);
  await until(async () => (await health(base)).status === 'ok', 5000);
  await remove();
});
